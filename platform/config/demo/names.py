"""Given and family names by culture, so that nobody in the demo mixes two by accident."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Names that go together; each is a space-separated list, `_` stands for a space inside one."""

    given: str
    family: str

    def draw(self, rng: random.Random) -> tuple[str, str]:
        """Return one (given, family) pair."""
        return _pick(rng, self.given), _pick(rng, self.family)


def _pick(rng: random.Random, names: str) -> str:
    return rng.choice(names.split()).replace("_", " ")


CULTURES: dict[str, Culture] = {
    "german": Culture(
        "Anna Katharina Lena Johanna Franziska Miriam Jürgen Sören Lukas Florian Matthias Stefan "
        "Sebastian Greta Hannah Moritz Jonas Philipp Ulrike Björn Annika Tobias Maximilian Clara",
        "Müller Schäfer Weber Hoffmann Köhler Brandt Vogel Krüger Lehmann Groß Böhm Seidel Arnold "
        "Winkler Jäger Kuhn Pohl Reinhardt Voß Steiner Albrecht Dietrich Engel Fuchs",
    ),
    "british": Culture(
        "Oliver Charlotte Thomas Emily William Harriet James Lucy Edward Sophie George Imogen "
        "Samuel Rebecca Daniel Philippa Benjamin Eleanor Matthew Alexandra",
        "Clarke Hughes Bennett Ashworth Cooper Whitfield Turner Parkinson Shaw Hargreaves Palmer "
        "Doyle Griffiths Marsh Thornton Fletcher Barlow Llewellyn Osborne Sutton",
    ),
    "american": Culture(
        "Michael Jennifer Christopher Ashley Joshua Megan Tyler Brianna Andrew Kayla Nathaniel "
        "Elizabeth Marcus Denise Jordan Danielle Brandon Tamara Zachary Monique",
        "Johnson Carter Washington Miller Brooks Jefferson Sullivan Reed Coleman Harper Freeman "
        "Bryant Hayes Simmons Foster Bishop Warren Dawson Ellison Pierce",
    ),
    "irish": Culture(
        "Aoife Niamh Ciarán Siobhán Declan Eoin Róisín Fergal Gráinne Padraig Orla Cormac",
        "O'Brien Murphy Byrne O'Sullivan Kavanagh Gallagher O'Neill Brennan Nolan Fitzgerald "
        "Keane McCarthy",
    ),
    "turkish": Culture(
        "Elif Zeynep Mehmet Emre Ayşe Can Deniz Selin Burak Ece Kerem Özge Gökhan Merve",
        "Yılmaz Demir Şahin Çelik Kaya Aydın Öztürk Arslan Doğan Koç Polat Güneş Aksoy Erdoğmuş",
    ),
    "polish": Culture(
        "Agnieszka Katarzyna Piotr Tomasz Małgorzata Łukasz Paweł Magdalena Krzysztof Joanna "
        "Bartosz Zofia Michał Aleksandra",
        "Nowak Wójcik Kamiński Zieliński Wiśniewski Mazur Krawczyk Dąbek Pawlak Sikora Baran "
        "Górecki Walczak Duda",
    ),
    "swedish": Culture(
        "Astrid Linnea Åsa Ebba Anders Henrik Gustav Sixten Malin Elsa",
        "Andersson Nilsson Bergström Ekström Söderberg Sandvik Holmqvist Lundgren Åkesson Wikander",
    ),
    "danish": Culture(
        "Freja Søren Mikkel Signe Jens Maja Kirsten Rasmus Ingrid Lærke",
        "Sørensen Kjær Nygaard Østergaard Dahl Holm Jeppesen Bach Møller Winther",
    ),
    "french": Culture(
        "Camille Julien Élodie Mathieu Chloé Antoine Jean-Luc Margaux Hélène Rémi Amélie Étienne",
        "Lefèvre Moreau Girard Dubois Rousseau Fontaine Gauthier Mercier Perrin Blanchard Renaud "
        "Chevalier",
    ),
    "spanish": Culture(
        "Lucía Álvaro Carmen Javier Marta Sergio Íñigo Pilar Rocío Gonzalo",
        "García Fernández Navarro Ortega Vidal Ibáñez Serrano Molina Herrero Campos",
    ),
    "portuguese": Culture(
        "Inês João Beatriz Nuno Catarina Rui Mafalda Gonçalo Leonor Thiago",
        "Ferreira Carvalho Teixeira Pires Nogueira Cabral de_Souza Barbosa Tavares Lima",
    ),
    "latin american": Culture(
        "Valentina Santiago Camila Mateo Ximena Gabriela Andrés Luciana Rodrigo Mariana Joaquín "
        "Daniela Esteban Alejandro",
        "Rodríguez Gutiérrez Castillo Vargas Mendoza Peña Salazar Rojas Quispe Cárdenas Acosta "
        "Ramírez Zúñiga Paredes",
    ),
    "italian": Culture(
        "Giulia Matteo Chiara Lorenzo Francesca Davide Alessandra Niccolò Elena Riccardo Silvia "
        "Tommaso",
        "Rossi Bianchi Ferrari Esposito Ricci Marino Galli Conti De_Luca Barbieri Moretti Rinaldi",
    ),
    "dutch": Culture(
        "Sanne Daan Femke Bram Lotte Thijs Marieke Joost Anouk Pieter Maartje Ruben",
        "de_Vries Jansen van_den_Berg Bakker Visser Smit Meijer de_Boer Mulder Hendriks van_Dijk "
        "Dekker",
    ),
    "yoruba": Culture(
        "Tunde Folake Babatunde Yewande Temitope Kehinde Sade Femi Bukola Wale",
        "Adeyemi Balogun Adebayo Ogunleye Olawale Afolabi Akinola Oyedele Fashola Bankole",
    ),
    "igbo": Culture(
        "Chidi Ngozi Emeka Amara Ifeoma Obinna Adaeze Chinedu Nkechi Uche",
        "Okonkwo Nwosu Eze Chukwu Ibekwe Onuoha Okoye Nnamdi Obi Anyanwu",
    ),
    "kenyan": Culture(
        "Wanjiru Kamau Makena Mwangi Njeri Achieng Otieno Baraka Nyambura Kiprono",
        "Kariuki Odhiambo Njoroge Wambui Mutua Omondi Githinji Kimani Cheruiyot Muthoni",
    ),
    "ethiopian": Culture(
        "Selam Dawit Hiwot Abel Tigist Yonas Bethlehem Samuel",
        "Tesfaye Bekele Haile Abebe Girma Alemu Tadesse Mekonnen",
    ),
    "arab": Culture(
        "Layla Omar Yasmin Karim Hala Tarek Rania Ziad Salma Bilal Dina Faris Mariam Walid",
        "Mansour Khoury El-Sayed Nasser Farouk Saleh Barakat Al-Amin Darwish Hamdan Sabbagh Aziz "
        "Rahal Zaki",
    ),
    "persian": Culture(
        "Shirin Arash Nasrin Kaveh Parisa Dariush Leila Babak Mahsa Siavash",
        "Rostami Ahmadi Karimi Tehrani Moradi Farahani Sohrabi Jafari Kazemi Nouri",
    ),
    "indian": Culture(
        "Ananya Rohan Priya Arjun Kavita Vikram Meera Siddharth Divya Rahul Lakshmi Aditya Nisha "
        "Karthik Pooja Sanjay Ishaan Deepa Varun Shreya",
        "Sharma Iyer Reddy Gupta Menon Kulkarni Rao Banerjee Nair Chatterjee Deshpande Joshi "
        "Pillai Mehta Bhat Krishnan Verma Hegde Mukherjee Subramanian",
    ),
    "chinese": Culture(
        "Wei Xinyi Jun Mei Haoran Yuting Zhiwei Lihua Jiahao Ruolan Boyang Siqi Wenjie Hui_Min",
        "Chen Wang Zhang Liu Huang Zhao Wu Zhou Xu Sun Lim Ng Goh Teo",
    ),
    "malay": Culture(
        "Nurul Hafiz Siti Farhan Aisyah Iskandar Zulaikha Amirul Nadia Azlan",
        "Rahman Ismail Abdullah Hashim Yusof Salleh Osman Ibrahim Mokhtar Kassim",
    ),
    "vietnamese": Culture(
        "Linh Minh Thảo Quân Hương Đức Ngọc Tuấn Lan Phúc",
        "Nguyễn Trần Phạm Hoàng Vũ Đặng Bùi Đỗ Lê Dương",
    ),
    "korean": Culture(
        "Ji-woo Min-jun Seo-yeon Hyun-woo Soo-jin Dong-hyun Eun-ji Tae-yang Ha-eun Joon-ho",
        "Kim Park Choi Jung Kang Yoon Shin Han Seo Kwon",
    ),
    "japanese": Culture(
        "Haruka Kenji Yuki Takumi Aiko Daichi Naoko Hiroshi Sakura Ryota",
        "Sato Nakamura Kobayashi Yamamoto Ito Watanabe Mori Fujita Okada Hayashi",
    ),
    "ukrainian": Culture(
        "Oksana Taras Kateryna Andriy Olena Bohdan Yuliia Dmytro Iryna Mykola",
        "Shevchenko Kovalenko Bondarenko Tkachuk Melnyk Kravets Lysenko Marchenko Savchuk "
        "Hrytsenko",
    ),
    "balkan": Culture(
        "Jelena Marko Ivana Nikola Milica Luka Petra Goran Dragana Vedran",
        "Petrović Kovačević Horvat Đorđević Babić Marić Novak Vuković Jurić Stanković",
    ),
    "greek": Culture(
        "Eleni Nikos Katerina Dimitris Ioanna Giorgos Despina Stavros",
        "Papadopoulos Georgiou Nikolaidis Vlachos Karras Antoniou Makris Zervas",
    ),
}

AT_HOME: dict[str, tuple[str, ...]] = {
    "Berlin": ("german", "german", "german", "turkish", "polish", "ukrainian"),
    "London": ("british", "british", "irish", "yoruba", "indian"),
    "New York": ("american", "american", "latin american", "italian", "irish"),
    "Austin": ("american", "american", "latin american", "vietnamese"),
    "Singapore": ("chinese", "chinese", "malay", "indian"),
    "Bengaluru": ("indian",),
}
"""The cultures half of the people at a location come from; the other half come from anywhere."""


def draw_name(rng: random.Random, location: str) -> tuple[str, str]:
    """Return a (given, family) pair, as likely as not from a culture at home in `location`."""
    anywhere = tuple(CULTURES)
    culture = rng.choice(AT_HOME[location] if rng.random() < 0.5 else anywhere)
    return CULTURES[culture].draw(rng)
