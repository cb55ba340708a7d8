"""llms.txt as data: select, render, parse, diff.  Pure: the same pages give the same bytes."""
