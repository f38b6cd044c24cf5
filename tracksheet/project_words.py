"""The texts that `tracksheet init` writes into a new project, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# A line that starts with # and a letter is a setting with its default; "# " starts a remark.
SETTINGS: Final[Mapping[str, str]] = {
    "en": """\
# The settings of this Tracksheet project.
# A line such as  #period = "month"  shows the default: take its # away to change it.
# Then double-click {launcher}, or run: tracksheet refresh

# Language of the report: "en" or "fr".
lang = "en"

# Client or brand, for the title of the report.
client = {client}

# Where the exports are. * stands for any name; "exports/**" reads the folders inside too.
#inputs = ["exports/*"]

# A folder to look for new exports in too, such as "~/Downloads". Empty: none.
# A file there counts if it is of a platform and, once the plan lists accounts, of one of them.
#downloads = ""

# The report, written anew by every refresh.
#output = "report.xlsx"

# The workbook that you type in. Tracksheet never saves over it.
#plan = "plan.xlsx"

# What was read so far, kept here: an export that is deleted later is not lost.
#history = "history.sqlite"

# One figure per "day", "week", "month", "quarter" or "year", or one for the whole "range".
#period = "month"

# The KPIs to put forward, by name or id ("tracksheet kpi list" shows all). Empty: the usual ones.
{kpis}

# Currency of amounts whose export names none, such as "EUR". Empty: not known.
#currency = ""

# Time zone of the accounts, such as "Europe/Paris". Empty: days as they were exported.
#time_zone = ""


# --- When a target is on track ---------------------------------------------------------------
# In percent of what should be there by now. Below at_risk, the target is off track.
# Take away the # of [targets] too.

#[targets]
#on_track = 100
#at_risk = 80


# --- What a file does not say itself ---------------------------------------------------------
# One block per kind of file; each line is optional but match, and none has a default.
# Take away every # of the lines you need, that of [[file]] included.

#[[file]]
# Name of the files, with * where it varies.
#match = "facebook*.csv"
# Channel and account that the figures belong to.
#channel = "facebook"
#account = "My page"
# Which export it is, when it was taken for another ("tracksheet read FILE" shows it).
#profile = "meta_facebook_posts"
# Whether 03/04/2026 is 3 April (true) or 4 March (false).
#day_first = true
# Decimal mark of its numbers: "." or ",".
#decimal = ","
# Year of its newest date, when dates have none.
#year = 2026
#currency = "EUR"
#time_zone = "Europe/Paris"
# Columns of these files only, as under [columns].
#columns = {{ "Watched (h)" = "watch_time_s*3600" }}


# --- Columns that Tracksheet could not place -------------------------------------------------
# Heading in the export = metric or field. Unplaced columns stand on the Data quality tab.

#[columns]
#"Times shown" = "impressions"
""",
    "fr": """\
# Les réglages de ce projet Tracksheet.
# Une ligne comme  #period = "month"  montre la valeur par défaut : ôtez son # pour la changer.
# Double-cliquez ensuite sur {launcher}, ou lancez : tracksheet refresh

# Langue du rapport : "en" ou "fr".
lang = "fr"

# Client ou marque, pour le titre du rapport.
client = {client}

# Où sont les exports. * remplace n’importe quel nom ; "exports/**" lit aussi les sous-dossiers.
#inputs = ["exports/*"]

# Un dossier où chercher aussi de nouveaux exports, par exemple "~/Téléchargements". Vide : aucun.
# Un fichier y compte s’il vient d’une plateforme et, dès que le plan liste des comptes, de l’un
# d’eux.
#downloads = ""

# Le rapport, réécrit à chaque actualisation.
#output = "report.xlsx"

# Le classeur où vous écrivez. Tracksheet n’écrit jamais par-dessus.
#plan = "plan.xlsx"

# Tout ce qui a été lu, gardé ici : un export effacé plus tard n’est pas perdu.
#history = "history.sqlite"

# Un chiffre par jour "day", semaine "week", mois "month", trimestre "quarter" ou année "year",
# ou un seul pour toute la période "range".
#period = "month"

# Les KPI à mettre en avant, par nom ou identifiant ("tracksheet kpi list" les montre tous).
# Vide : les plus courants.
{kpis}

# Devise des montants dont l’export n’en nomme aucune, par exemple "EUR". Vide : inconnue.
#currency = ""

# Fuseau horaire des comptes, par exemple "Europe/Paris". Vide : les jours tels qu’exportés.
#time_zone = ""


# --- Quand un objectif est en bonne voie -----------------------------------------------------
# En pour cent de ce qui devrait être atteint à ce jour. En dessous de at_risk, l’objectif est
# en retard. Ôtez aussi le # de [targets].

#[targets]
#on_track = 100
#at_risk = 80


# --- Ce qu’un fichier ne dit pas lui-même ----------------------------------------------------
# Un bloc par sorte de fichier ; seule la ligne match est obligatoire, aucune n’a de défaut.
# Ôtez le # de chaque ligne utile, y compris celui de [[file]].

#[[file]]
# Le nom des fichiers, avec * là où il varie.
#match = "facebook*.csv"
# Le canal et le compte auxquels appartiennent les chiffres.
#channel = "facebook"
#account = "Ma page"
# De quel export il s’agit, s’il a été pris pour un autre ("tracksheet read FICHIER" le montre).
#profile = "meta_facebook_posts"
# 03/04/2026 est-il le 3 avril (true) ou le 4 mars (false) ?
#day_first = true
# Le séparateur décimal des nombres : "." ou ",".
#decimal = ","
# L’année de la date la plus récente, si les dates n’en portent pas.
#year = 2026
#currency = "EUR"
#time_zone = "Europe/Paris"
# Des colonnes de ces fichiers seulement, comme sous [columns].
#columns = {{ "Durée vue (h)" = "watch_time_s*3600" }}


# --- Les colonnes que Tracksheet n’a pas reconnues -------------------------------------------
# En-tête dans l’export = métrique ou champ. L’onglet sur la qualité des données les liste.

#[columns]
#"Fois affichées" = "impressions"
""",
}

READ_ME: Final[Mapping[str, str]] = {
    "en": """\
Put the files that you download from the platforms into this folder, as they are.

Do not open and save them in Excel first: it shortens long post ids and turns dates around.
Where two files overlap, the newest export counts, and nothing counts twice.
Unpack .zip files and keep the tables inside.

Then double-click {launcher}.bat (Windows) or {launcher}.command (Mac) in the folder above: it
makes the report and opens it. Delete old exports when you like: history.sqlite remembers them.
To have your downloads folder searched too, set downloads in tracksheet.toml.

Where to find the exports (menus move now and then; look for Export or Download):

Instagram, Facebook   Meta Business Suite > Insights > Content > Export data
  by day              Meta Business Suite > Insights > Results > Export, on each chart
Meta Ads              Ads Manager > Campaigns > Breakdown: by time, month > Export table data
LinkedIn page         Your page > Analytics > Content, then Followers > Export
LinkedIn Ads          Campaign Manager > Export > Campaign performance
TikTok                TikTok Studio > Analytics > Download data
YouTube               YouTube Studio > Analytics > Advanced mode > Export current view
X                     Analytics > Account overview, then Content > Download
Pinterest             Analytics > Overview > Export
Google Analytics 4    Reports > Acquisition > Traffic acquisition > Share > Download file (CSV)
Google Ads            Campaigns > Download > .csv
Search Console        Performance > Export > CSV
Mailchimp             Campaigns > Reports > Export

How many followers an account has is in hardly any export. Keep a list of your own, as a file
with the columns Date, Channel, Account, Followers.
""",
    "fr": """\
Déposez dans ce dossier les fichiers téléchargés des plateformes, tels quels.

Ne les enregistrez pas d’abord dans Excel : il raccourcit les longs identifiants et retourne
les dates.
Là où deux fichiers se recouvrent, l’export le plus récent compte, et rien ne compte deux fois.
Décompressez les fichiers .zip et gardez les tableaux qu’ils contiennent.

Double-cliquez ensuite sur {launcher}.bat (Windows) ou {launcher}.command (Mac), un dossier plus
haut : le rapport se fait et s’ouvre. Supprimez les anciens exports quand vous voulez :
history.sqlite s’en souvient.
Pour que votre dossier de téléchargements soit lu aussi, réglez downloads dans tracksheet.toml.

Où trouver les exports (les menus changent parfois ; cherchez Exporter ou Télécharger) :

Instagram, Facebook   Meta Business Suite > Statistiques > Contenu > Exporter les données
  par jour            Meta Business Suite > Statistiques > Résultats > Exporter, par graphique
Meta Ads              Gestionnaire de publicités > Campagnes > Répartition : temps, mois > Exporter
Page LinkedIn         Votre page > Statistiques > Contenu, puis Abonnés > Exporter
LinkedIn Ads          Campaign Manager > Exporter > Performances des campagnes
TikTok                TikTok Studio > Statistiques > Télécharger les données
YouTube               YouTube Studio > Données analytiques > Mode avancé > Exporter la vue actuelle
X                     Statistiques > Aperçu du compte, puis Contenu > Télécharger
Pinterest             Statistiques > Aperçu > Exporter
Google Analytics 4    Rapports > Acquisition > Acquisition de trafic > Partager > Télécharger (CSV)
Google Ads            Campagnes > Télécharger > .csv
Search Console        Performances > Exporter > CSV
Mailchimp             Campagnes > Rapports > Exporter

Le nombre d’abonnés d’un compte n’est dans presque aucun export. Tenez votre propre liste : un
fichier avec les colonnes Date, Canal, Compte, Abonnés.
""",
}

# What `tracksheet init` says last.
NEXT: Final[Mapping[str, str]] = {
    "en": """\
Next: put your exports into {exports} and double-click {launcher}
(or type: tracksheet refresh {project}).""",
    "fr": """\
Ensuite : placez vos exports dans {exports} et double-cliquez sur {launcher}
(ou tapez : tracksheet refresh {project}).""",
}
KPIS_KEPT: Final[Mapping[str, str]] = {
    "en": "tracksheet.toml was there already and stays as it is. To change its KPIs, write there:",
    "fr": "tracksheet.toml existait et reste tel quel. Pour changer ses KPI, écrivez-y :",
}
