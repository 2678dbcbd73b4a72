"""Globex, at home in New York: 540 rows in its export."""

from __future__ import annotations

from config.demo import titles
from config.demo.organisation import Branch, Organisation, Unit

REVENUE = Branch(
    "Chief Revenue Officer",
    "Sales",
    (
        Unit(
            "VP of Sales, East",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (7, 7, 6),
            "New York",
            "Sales Manager",
        ),
        Unit(
            "VP of Sales, Central",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (7, 6, 6),
            "Austin",
            "Sales Manager",
        ),
        Unit(
            "Director of Sales, Europe",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (6, 6, 5),
            "London",
            "Sales Manager",
        ),
        Unit(
            "VP of Sales Development",
            "Sales Development",
            titles.SALES_DEVELOPMENT,
            (8, 8, 7),
            "New York",
            "Sales Development Manager",
        ),
        Unit("Head of Revenue Operations", "Sales", titles.REVENUE_OPERATIONS, (5,), "New York"),
    ),
)

CUSTOMERS = Branch(
    "Chief Customer Officer",
    "Customer Success",
    (
        Unit(
            "VP of Customer Success",
            "Customer Success",
            titles.CUSTOMER_SUCCESS,
            (7, 7, 7, 6, 6),
            "New York",
            "Customer Success Team Manager",
        ),
        Unit(
            "Director of Support",
            "Support",
            titles.SUPPORT,
            (8, 8, 8, 7, 7, 7),
            "Austin",
            "Support Manager",
        ),
        Unit("Head of Onboarding", "Customer Success", titles.ONBOARDING, (6,), "New York"),
    ),
)

TECHNOLOGY = Branch(
    "Chief Technology Officer",
    "Engineering",
    (
        Unit(
            "VP of Engineering, Platform",
            "Engineering",
            titles.ENGINEERING,
            (7, 7, 6, 6),
            "New York",
            "Engineering Manager",
        ),
        Unit(
            "VP of Engineering, Applications",
            "Engineering",
            titles.ENGINEERING,
            (7, 7, 6, 6),
            "New York",
            "Engineering Manager",
        ),
        Unit(
            "VP of Engineering, Integrations",
            "Engineering",
            titles.ENGINEERING,
            (7, 7, 6),
            "New York",
            "Engineering Manager",
        ),
        Unit(
            "Director of Data",
            "Engineering",
            titles.DATA,
            (6, 6, 5),
            "Bengaluru",
            "Data Engineering Manager",
        ),
        Unit("Head of Reliability", "Engineering", titles.INFRASTRUCTURE, (8,), "Austin"),
    ),
)

PRODUCT_AND_MARKETING = Branch(
    "Chief Product and Marketing Officer",
    "Product",
    (
        Unit("VP of Product", "Product", titles.PRODUCT, (9,), "New York"),
        Unit("Head of Product Design", "Product", titles.DESIGN, (7,), "New York"),
        Unit("Head of User Research", "Product", titles.RESEARCH, (4,), "New York"),
        Unit("VP of Growth Marketing", "Marketing", titles.DEMAND, (9,), "New York"),
        Unit("Head of Brand", "Marketing", titles.BRAND, (7,), "New York"),
        Unit("Head of Product Marketing", "Marketing", titles.PRODUCT_MARKETING, (5,), "New York"),
    ),
)

FINANCE = Branch(
    "Chief Financial Officer",
    "Finance",
    (
        Unit("VP of Finance", "Finance", titles.FINANCE, (9,), "New York"),
        Unit("Head of Accounting", "Finance", titles.ACCOUNTING, (9,), "New York"),
        Unit("Head of Procurement", "Finance", titles.PROCUREMENT, (5,), "Austin"),
        Unit("Head of Legal", "Legal", titles.LEGAL, (8,), "New York"),
    ),
)

PEOPLE = Branch(
    "Chief People Officer",
    "People",
    (
        Unit("Head of Learning and Development", "People", titles.LEARNING, (3,), "New York"),
        Unit("Head of Recruiting", "People", titles.TALENT, (8,), "New York"),
        Unit("Head of People Partners", "People", titles.PEOPLE_PARTNERS, (5,), "New York"),
        Unit("Head of People Operations", "People", titles.PEOPLE_OPERATIONS, (5,), "Austin"),
    ),
)

OPERATIONS = Branch(
    "Chief Operating Officer",
    "Operations",
    (
        Unit(
            "VP of Operations",
            "Operations",
            titles.OPERATIONS,
            (8, 8, 7, 7),
            "New York",
            "Operations Manager",
        ),
        Unit(
            "Director of Fulfilment",
            "Operations",
            titles.FULFILMENT,
            (8, 8, 8, 7),
            "Austin",
            "Fulfilment Manager",
        ),
        Unit("Head of Workplace", "Operations", titles.WORKPLACE, (6,), "New York"),
        Unit("Director of IT", "IT", titles.IT, (7, 7, 7), "New York", "IT Manager"),
        Unit("Head of Information Security", "IT", titles.SECURITY, (6,), "New York"),
    ),
)

GLOBEX = Organisation(
    domain="globex.example",
    home="New York",
    first_number=1002,
    seed=1989,
    branches=(
        REVENUE,
        CUSTOMERS,
        TECHNOLOGY,
        PRODUCT_AND_MARKETING,
        FINANCE,
        PEOPLE,
        OPERATIONS,
    ),
)
