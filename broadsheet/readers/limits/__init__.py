"""How often one sender may do something: exact, however many workers are asked at once."""
