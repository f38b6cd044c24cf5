"""The texts that `tracksheet init` writes into a new project, in English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# A line that starts with # and a letter is a setting with its default; "# " starts a remark.
SETTINGS: Final[Mapping[str, str]] = {
    "en": """\
# The settings of this Tracksheet project.
# A line such as  #period = "month"  shows the default: take its # away to change it.
# Then run: tracksheet refresh

# Language of the report: "en" or "fr".
lang = "en"

# Client or brand, for the title of the report.
client = {client}

# Where the exports are. * stands for any name; "exports/**" reads the folders inside too.
#inputs = ["exports/*"]

# The report, written anew by every refresh.
#output = "report.xlsx"

# The workbook that you type in. Tracksheet never saves over it.
#plan = "plan.xlsx"

# One figure per "day", "week", "month", "quarter" or "year", or one for the whole "range".
#period = "month"

# The KPIs to put forward, by id ("tracksheet kpi list" shows all). Empty: the usual ones.
#kpis = []

# Currency of amounts whose export names none, such as "EUR". Empty: not known.
#currency = ""

# Time zone of the accounts, such as "Europe/Paris". Empty: days as they were exported.
#time_zone = ""


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
# Lancez ensuite : tracksheet refresh

# Langue du rapport : "en" ou "fr".
lang = "fr"

# Client ou marque, pour le titre du rapport.
client = {client}

# Où sont les exports. * remplace n’importe quel nom ; "exports/**" lit aussi les sous-dossiers.
#inputs = ["exports/*"]

# Le rapport, réécrit à chaque actualisation.
#output = "report.xlsx"

# Le classeur où vous écrivez. Tracksheet n’écrit jamais par-dessus.
#plan = "plan.xlsx"

# Un chiffre par jour "day", semaine "week", mois "month", trimestre "quarter" ou année "year",
# ou un seul pour toute la période "range".
#period = "month"

# Les KPI à mettre en avant, par identifiant ("tracksheet kpi list" les montre tous).
# Vide : les plus courants.
#kpis = []

# Devise des montants dont l’export n’en nomme aucune, par exemple "EUR". Vide : inconnue.
#currency = ""

# Fuseau horaire des comptes, par exemple "Europe/Paris". Vide : les jours tels qu’exportés.
#time_zone = ""


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
Leave older files here. Where two overlap, the newest export counts, and nothing counts twice.
Unpack .zip files and keep the tables inside.

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
Laissez ici les anciens fichiers. Là où deux se recouvrent, l’export le plus récent compte, et
rien ne compte deux fois.
Décompressez les fichiers .zip et gardez les tableaux qu’ils contiennent.

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
