"""What elements are where their tags say something else, by the generators that write them so."""
