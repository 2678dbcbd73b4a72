from reinforcement.models.answers import Answer
from reinforcement.models.briefs import Brief, BriefItem
from reinforcement.models.deliveries import Delivery
from reinforcement.models.prompts import Choice, Moment, Prompt, Question

__all__ = ["Answer", "Brief", "BriefItem", "Choice", "Delivery", "Moment", "Prompt", "Question"]
