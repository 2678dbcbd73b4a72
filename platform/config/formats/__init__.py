"""How days, hours and moments are written where Django's own way would not be read everywhere."""
