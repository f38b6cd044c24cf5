"""The words of plan.xlsx that belong to no column: the Read me tab, warnings, footers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "Plan",
        "read me": "Read me",
        "page": "Page &P of &N",
        "about lists": "The names your team agreed on. They feed the drop-downs of the other tabs; "
        "edit them, and add rows.",
        "not listed": "This value is not in the list on the {list} tab. Keep it all the same?",
        "not a date": "This is not a date, so it could not be compared. Keep it all the same?",
        "not a number": "This is not a number, so it could not be added up. Keep it all the same?",
    },
    "fr": {
        "title": "Plan",
        "read me": "Lisez-moi",
        "page": "Page &P sur &N",
        "about lists": "Les noms convenus dans l’équipe. Ils alimentent les listes déroulantes "
        "des autres onglets ; modifiez-les, ajoutez des lignes.",
        "not listed": "Cette valeur n’est pas dans la liste de l’onglet {list}. "
        "La garder quand même ?",
        "not a date": "Ce n’est pas une date : elle ne pourrait pas être comparée. "
        "La garder quand même ?",
        "not a number": "Ce n’est pas un nombre : il ne pourrait pas être additionné. "
        "Le garder quand même ?",
    },
}

# A heading and its lines; "{tabs}" stands where the list of tabs with links comes.
READ_ME_TEXT: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "en": (
        (
            "To begin",
            (
                "1.  Adapt the Lists tab: it feeds the drop-downs and keeps one spelling per name.",
                "2.  Look at the example rows in grey italics, then type over them or delete them.",
                "3.  Fill in the tabs you need and leave the others as they are.",
            ),
        ),
        ("The tabs", ("{tabs}",)),
        (
            "Good to know",
            (
                "Rest the pointer on a heading to read what goes below it.",
                "A value that is not in its list raises a warning: you decide whether it stays.",
                "Keep the headings as they are: columns are known by them. "
                "Add your own columns to the right.",
                "A text that begins with = or + stays a text, and long post ids keep every digit.",
                "This file is yours. Tracksheet makes it once and never saves over it.",
            ),
        ),
    ),
    "fr": (
        (
            "Pour commencer",
            (
                "1.  Adaptez l’onglet Listes : il alimente les listes déroulantes et fixe "
                "l’écriture de chaque nom.",
                "2.  Regardez les lignes d’exemple en gris italique, puis écrivez à leur place "
                "ou supprimez-les.",
                "3.  Remplissez les onglets utiles et laissez les autres tels quels.",
            ),
        ),
        ("Les onglets", ("{tabs}",)),
        (
            "Bon à savoir",
            (
                "Placez le pointeur sur un en-tête pour lire ce qui va dessous.",
                "Une valeur hors de sa liste déclenche un avertissement : "
                "vous décidez si elle reste.",
                "Gardez les en-têtes tels quels : ils identifient les colonnes. "
                "Ajoutez les vôtres à droite.",
                "Un texte qui commence par = ou + reste un texte, et les longs identifiants "
                "gardent tous leurs chiffres.",
                "Ce fichier est à vous. Tracksheet le crée une fois et n’écrit jamais par-dessus.",
            ),
        ),
    ),
}
READ_ME_ABOUT: Final[Mapping[str, str]] = {
    "en": "Here you write what no platform knows: your plans, your targets, what it all means.",
    "fr": "Ici s’écrit ce qu’aucune plateforme ne sait : plans, objectifs et sens des chiffres.",
}
