"""llms.txt as data: select, render, parse, diff.  Pure: the same pages always lead to the same bytes."""
