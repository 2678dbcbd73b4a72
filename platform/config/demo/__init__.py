"""The demo companies: made-up people in the shape a real HRIS exports them."""
