"""Job ladders of the demo companies. A title that is listed twice is held twice as often."""

from __future__ import annotations

ACCOUNT_EXECUTIVES = ("Account Executive", "Account Executive", "Senior Account Executive")
SALES_DEVELOPMENT = (
    "Sales Development Representative",
    "Sales Development Representative",
    "Sales Development Representative",
    "Senior Sales Development Representative",
)
REVENUE_OPERATIONS = ("Revenue Operations Analyst", "Sales Enablement Specialist")
CUSTOMER_SUCCESS = (
    "Customer Success Partner",
    "Customer Success Partner",
    "Senior Customer Success Partner",
)
ONBOARDING = ("Onboarding Specialist", "Senior Onboarding Specialist")
SUPPORT = ("Support Engineer", "Support Engineer", "Support Specialist", "Senior Support Engineer")
ENGINEERING = (
    "Software Engineer",
    "Software Engineer",
    "Senior Software Engineer",
    "Senior Software Engineer",
    "Staff Software Engineer",
)
DATA = ("Data Engineer", "Senior Data Engineer", "Machine Learning Engineer", "Data Analyst")
INFRASTRUCTURE = ("Site Reliability Engineer", "Senior Site Reliability Engineer")
QUALITY = ("Quality Engineer", "Senior Quality Engineer")
PRODUCT = ("Product Manager", "Product Manager", "Senior Product Manager")
DESIGN = ("Product Designer", "Senior Product Designer", "Content Designer")
RESEARCH = ("User Researcher", "Senior User Researcher")
DEMAND = ("Demand Generation Specialist", "Campaign Specialist", "Marketing Analyst")
BRAND = ("Content Strategist", "Copywriter", "Brand Designer")
PRODUCT_MARKETING = ("Product Marketing Specialist", "Senior Product Marketing Specialist")
EVENTS = ("Event Coordinator", "Field Marketing Specialist")
FINANCE = ("Financial Analyst", "Financial Analyst", "Senior Financial Analyst")
ACCOUNTING = (
    "Accountant",
    "Senior Accountant",
    "Accounts Payable Specialist",
    "Payroll Specialist",
)
PROCUREMENT = ("Procurement Specialist", "Buyer")
LEGAL = ("Legal Counsel", "Senior Legal Counsel", "Paralegal", "Privacy Specialist")
LEARNING = ("Learning Designer", "Learning and Development Partner", "Onboarding Coordinator")
TALENT = ("Recruiter", "Recruiter", "Senior Recruiter", "Recruiting Coordinator")
PEOPLE_PARTNERS = ("People Partner", "Senior People Partner")
PEOPLE_OPERATIONS = ("People Operations Specialist", "People Data Analyst")
OPERATIONS = ("Operations Coordinator", "Operations Coordinator", "Senior Operations Coordinator")
FULFILMENT = ("Fulfilment Coordinator", "Logistics Coordinator", "Inventory Planner")
WORKPLACE = ("Workplace Coordinator", "Executive Assistant", "Receptionist")
IT = ("IT Support Technician", "Systems Administrator", "Network Engineer")
SECURITY = ("Security Analyst", "Security Engineer")
