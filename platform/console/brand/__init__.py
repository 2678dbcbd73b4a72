"""The company's brand: its colour, and the logo in place of its name."""

from console.brand.page import brand
from console.brand.preview import brand_preview

__all__ = ["brand", "brand_preview"]
