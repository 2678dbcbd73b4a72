"""Acme, at home in Berlin: 620 rows in its export."""

from __future__ import annotations

from config.demo import titles
from config.demo.organisation import Branch, Organisation, Unit

REVENUE = Branch(
    "Chief Revenue Officer",
    "Sales",
    (
        Unit(
            "Director of Sales, DACH",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (8, 7, 7),
            "Berlin",
            "Sales Manager",
        ),
        Unit(
            "Director of Sales, UK and Nordics",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (7, 6, 6),
            "London",
            "Sales Manager",
        ),
        Unit(
            "VP of Sales, Americas",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (7, 7, 6),
            "New York",
            "Sales Manager",
        ),
        Unit(
            "Director of Sales, Asia Pacific",
            "Sales",
            titles.ACCOUNT_EXECUTIVES,
            (6, 6, 6),
            "Singapore",
            "Sales Manager",
        ),
        Unit(
            "Director of Sales Development",
            "Sales Development",
            titles.SALES_DEVELOPMENT,
            (8, 8, 7, 7),
            "Berlin",
            "Sales Development Manager",
        ),
        Unit("Head of Revenue Operations", "Sales", titles.REVENUE_OPERATIONS, (5,), "Berlin"),
    ),
)

CUSTOMERS = Branch(
    "Chief Customer Officer",
    "Customer Success",
    (
        Unit(
            "Director of Customer Success",
            "Customer Success",
            titles.CUSTOMER_SUCCESS,
            (8, 8, 7, 7, 7),
            "Berlin",
            "Customer Success Team Manager",
        ),
        Unit(
            "Director of Support",
            "Support",
            titles.SUPPORT,
            (8, 8, 8, 8, 7, 7),
            "Berlin",
            "Support Manager",
        ),
        Unit("Head of Onboarding", "Customer Success", titles.ONBOARDING, (6,), "London"),
    ),
)

TECHNOLOGY = Branch(
    "Chief Technology Officer",
    "Engineering",
    (
        Unit(
            "Director of Engineering, Platform",
            "Engineering",
            titles.ENGINEERING,
            (7, 7, 7, 7, 6),
            "Berlin",
            "Engineering Manager",
        ),
        Unit(
            "Director of Engineering, Applications",
            "Engineering",
            titles.ENGINEERING,
            (7, 7, 7, 7, 6),
            "Berlin",
            "Engineering Manager",
        ),
        Unit(
            "Director of Engineering, Data",
            "Engineering",
            titles.DATA,
            (6, 6, 6),
            "Bengaluru",
            "Engineering Manager",
        ),
        Unit(
            "Director of Infrastructure",
            "Engineering",
            titles.INFRASTRUCTURE,
            (7, 7, 7),
            "Berlin",
            "Infrastructure Manager",
        ),
        Unit("Head of Quality", "Engineering", titles.QUALITY, (7,), "Bengaluru"),
    ),
)

PRODUCT = Branch(
    "Chief Product Officer",
    "Product",
    (
        Unit("Director of Product, Core", "Product", titles.PRODUCT, (7,), "Berlin"),
        Unit("Director of Product, Growth", "Product", titles.PRODUCT, (7,), "Berlin"),
        Unit("Head of Product Design", "Product", titles.DESIGN, (8,), "Berlin"),
        Unit("Head of User Research", "Product", titles.RESEARCH, (4,), "London"),
    ),
)

MARKETING = Branch(
    "Chief Marketing Officer",
    "Marketing",
    (
        Unit("Head of Demand Generation", "Marketing", titles.DEMAND, (9,), "Berlin"),
        Unit("Head of Brand and Content", "Marketing", titles.BRAND, (7,), "Berlin"),
        Unit("Head of Product Marketing", "Marketing", titles.PRODUCT_MARKETING, (5,), "London"),
        Unit("Head of Events", "Marketing", titles.EVENTS, (5,), "Berlin"),
    ),
)

FINANCE = Branch(
    "Chief Financial Officer",
    "Finance",
    (
        Unit("Director of Financial Planning", "Finance", titles.FINANCE, (8,), "Berlin"),
        Unit("Head of Accounting", "Finance", titles.ACCOUNTING, (9,), "Berlin"),
        Unit("Head of Procurement", "Finance", titles.PROCUREMENT, (5,), "Berlin"),
        Unit("Head of Legal", "Legal", titles.LEGAL, (7,), "Berlin"),
    ),
)

PEOPLE = Branch(
    "Chief People Officer",
    "People",
    (
        Unit("Head of Learning and Development", "People", titles.LEARNING, (3,), "Berlin"),
        Unit("Head of Talent Acquisition", "People", titles.TALENT, (8,), "Berlin"),
        Unit("Head of People Partners", "People", titles.PEOPLE_PARTNERS, (6,), "Berlin"),
        Unit("Head of People Operations", "People", titles.PEOPLE_OPERATIONS, (6,), "Berlin"),
    ),
)

OPERATIONS = Branch(
    "Chief Operating Officer",
    "Operations",
    (
        Unit(
            "Director of Operations",
            "Operations",
            titles.OPERATIONS,
            (8, 8, 8, 7, 7),
            "Berlin",
            "Operations Manager",
        ),
        Unit(
            "Director of Fulfilment",
            "Operations",
            titles.FULFILMENT,
            (8, 8, 8, 7),
            "Berlin",
            "Fulfilment Manager",
        ),
        Unit("Head of Workplace", "Operations", titles.WORKPLACE, (6,), "Berlin"),
        Unit("Director of IT", "IT", titles.IT, (7, 6, 6), "Berlin", "IT Manager"),
        Unit("Head of Information Security", "IT", titles.SECURITY, (6,), "Singapore"),
    ),
)

ACME = Organisation(
    domain="acme.example",
    home="Berlin",
    first_number=104,
    seed=1871,
    branches=(
        REVENUE,
        CUSTOMERS,
        TECHNOLOGY,
        PRODUCT,
        MARKETING,
        FINANCE,
        PEOPLE,
        OPERATIONS,
    ),
)
