"""Words that tell what kind of source a phrase is: lists of ours, by what the head of the phrase can be.

All are lower case, without points and with straight apostrophes; `source_types` says how they are used.
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    """The words of a text; `_` joins the words of a name."""
    return frozenset(word.replace("_", " ") for word in words.split())


def _plural(noun: str) -> str:
    """The regular plural of an English noun: `adviser` gives `advisers`, `ally` gives `allies`."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _with_plurals(words: str) -> frozenset[str]:
    """The words of a text and their regular plurals."""
    return frozenset(form for word in _listed(words) for form in (word, _plural(word)))


PERSON_PRONOUNS = _listed("he she him her his hers i me my myself himself herself")
GROUP_PRONOUNS = _listed("they we them us their our themselves ourselves everyone nobody everybody anyone")
# these stand for something that another layer must find
EMPTY_PRONOUNS = _listed("it its itself who whom whose which that this these those you your one")

DETERMINERS = _listed("the a an his her their its our my your this that these those")
INDEFINITE = _listed(
    "a an another one two three four five six seven eight nine ten some several multiple other various many"
)
COUNTS = _listed("one two three four five six seven eight nine ten 1 2 3 4 5 6 7 8 9 10 several multiple another")
# what a phrase may begin with before its first noun: `according to the mayor`, `citing two people`
OPENERS = _listed(
    "according to by from citing cited per via with about nearly almost roughly only just fully more than at least as "
    "over among even"
)
PREPOSITIONS = _listed(
    "of for from in on at with within inside by to about under against near along across around among amid behind "
    "between over outside after before during since until through throughout into upon than without as like such "
    "including incl regarding concerning representing aboard next"
)
# words after which a noun phrase goes no further: `the ad itself`, `a report last month`
ENDERS = _listed(
    "himself herself itself themselves alike not last nationwide worldwide statewide elsewhere abroad also too just "
    "respectively"
)
RELATIVES = _listed(
    "who whom whose which that where when what how why because while if not but is are was were has have"
)
# participles and adjectives that follow their noun
FOLLOWERS = _listed(
    "familiar close briefed involved speaking released filed obtained disclosed issued published written signed "
    "conducted posted commissioned prepared compiled dated leaked reviewed seen unsealed sent given led based named "
    "known called accused charged suing vying turned leaving urging elected working living watching attending "
    "participating taking using calling seeking supporting opposing backing fighting running defending protesting "
    "representing monitoring investigating affected interviewed quoted surveyed polled contacted present opposed "
    "critical loyal privately anonymously knowledgeable aware earlier later last yesterday today tonight here there "
    "monday tuesday wednesday thursday friday saturday sunday taken told held made shown found drawn being unhappy "
    "upset worried eager"
)
# nouns that only count or gather what follows after "of"
PARTITIVES = _listed(
    "one two three four five some many most several both all none each number majority minority dozens hundreds "
    "thousands tens scores handful couple pair group crowd series variety range lot lots plenty half quarter third "
    "percent"
)

# words and phrases that only unnamed insiders are told by; a name or a document at the head goes before them
INSIDER_MARKS = (
    r"\bfamiliar with\b",
    r"\b(?:direct |first-?hand |intimate |inside |detailed )?knowledge of\b",
    r"\bknowledgeable about\b",
    r"\banonym(?:ous|ously|ity)\b",
    r"\b(?:unnamed|unidentified)\b",
    r"\b(?:not|un)\s?authori[sz]ed\b",
    r"\b(?:declin|ask|request|insist|wish|prefer|want)\w* (?:not )?to (?:not )?(?:be )?(?:named|identified)\b",
    r"\bprivately\b|\bin private\b|\bon background\b|\boff the record\b",
    r"\bbriefed (?:on|about|by)\b",
    r"^(?:some|several|others|those|one|two|three) (?:in|inside|within|around|at) (?:[\w.']+ ){0,4}"
    r"(?:administration|campaign|white house|department|government|cabinet|circle|camp|team|office)\b",
)
# words that tell of an insider only after the most general of heads: not `drivers involved in the crash`
NEAR_MARKS = (r"\bclose to\b", r"\b(?:directly |personally |closely )?involved (?:in|with)\b")

INSIDERS = _with_plurals(
    "source insider aide adviser advisor operative confidant confidante associate ally tipster informant strategist "
    "loyalist leaker whistleblower someone somebody individual inner_circle"
)
OFFICIALS = _with_plurals("official")
PEOPLE = _listed("person people persons man woman men women official officials")
PARTISANS = _with_plurals("republican democrat conservative liberal lawmaker legislator executive diplomat")
# before "officials": those who speak unnamed out of a government, a campaign or a service
INSIDER_OFFICES = _listed(
    "administration campaign white senior republican democratic gop party u.s us american intelligence western treasury"
)
# before "official": one who speaks for a body that answers in public
PUBLIC_OFFICES = _listed(
    "city county state school district police fire hospital court company union university college village town "
    "election health local municipal airline airport railway church club league team"
)

DOCUMENTS = _with_plurals(
    "report poll survey study document paper filing lawsuit suit complaint indictment affidavit warrant letter memo "
    "memorandum email e-mail tweet retweet post posting message text transcript record statement release resolution "
    "bill law legislation statute ruling order opinion dissent precedent budget analysis data figure statistic census "
    "research book memoir article editorial op-ed ad advertisement advert commercial video footage recording tape "
    "website webpage page list plan proposal draft contract treaty deal agreement motion brief testimony certificate "
    "sheet guideline constitution amendment manifesto petition result number autopsy speech remark account invitation "
    "notice sign dossier form cable request rule regulation subpoena act review guide handbook manual estimate "
    "projection forecast index excerpt directory bulletin log diary note notebook manuscript declaration decree "
    "mandate decision verdict judgment judgement deposition disclosure audit assessment evaluation evidence finding "
    "investigation inquiry probe summary outline script caption screenshot photo photograph image picture graphic map "
    "chart table spreadsheet database file archive dispatch alert advisory fact-sheet factsheet flier flyer leaflet "
    "pamphlet brochure poster banner placard newsletter blogpost thread profile application permit license licence "
    "visa passport invoice receipt check ledger questionnaire exit-poll voice-over voiceover trailer film movie "
    "documentary play song lyric poem novel bible quran torah scripture gospel encyclopedia wikipedia dictionary "
    "textbook syllabus calendar schedule agenda minutes transcripts chronology timeline press_release court_paper "
    "talking_point white_paper op-eds quote quotation slogan headline wording interview biography autobiography "
    "obituary will testament oath charter bylaw code ordinance executive_order injunction appeal communique "
    "communiqué readout press_statement call_log email_chain correspondence average count tally spot platform test "
    "version copy show ranking playbook story question argument comment word material communication update column "
    "audio reading ballot return calculation computation measure barometer tracker clip passage chapter verse "
    "citation footnote abstract addendum annex appendix attachment"
) | _listed("polling studies analyses legislation data research memoranda media_reports news_reports")

# nouns for a body that brings news, whatever its name
OUTLET_NOUNS = _with_plurals(
    "newspaper magazine network broadcaster tabloid outlet newswire daily weekly station channel podcast blog "
    "publication news_agency news_site news_organization news_organisation news_outlet news_service news_network "
    "wire_service tv_station radio_station press_agency"
) | _listed("paper media press state_media local_media news_media social_media")

# last words of names of outlets; only where they are written as a name
OUTLET_ENDS = _listed(
    "times post journal news tribune herald gazette chronicle examiner globe dispatch star sun mirror mail daily "
    "weekly magazine guardian telegraph observer ledger courier bee inquirer register tv radio television "
    "broadcasting sentinel enterprise leader-telegram post-gazette post-dispatch free_press press-telegram "
    "american-statesman mercury_news news-press press-enterprise sun-times star-tribune star-telegram "
    "journal-constitution union-tribune post-intelligencer times-picayune commercial-appeal news-leader newsroom "
    "podcast presse zeitung press_association post-standard media_group"
)
# names of outlets whose words alone do not tell
OUTLET_NAMES = _listed(
    "cnn nbc abc cbs bbc msnbc npr pbs c-span cspan cnbc fox_news reuters ap afp associated_press bloomberg politico "
    "axios newsweek agence_france-presse dpa tass interfax xinhua kyodo upi ria_novosti rt sputnik al_jazeera "
    "al-jazeera al_arabiya deutsche_welle vox atlantic_wire breitbart huffpost huffington_post buzzfeed buzzfeed_news "
    "yahoo_news new_statesman propublica mcclatchy talking_points_memo tpm national_review weekly_standard "
    "national_journal roll_call mother_jones daily_caller daily_beast daily_wire daily_kos daily_signal "
    "washington_examiner townhall redstate newsmax oan one_america_news univision telemundo time_magazine us_weekly "
    "tmz forbes rolling_stone vanity_fair new_yorker esquire gq vogue cosmopolitan playboy hollywood_reporter "
    "entertainment_weekly usa_today business_insider marketwatch techcrunch gizmodo engadget ars_technica recode "
    "adweek ad_age vice_news gawker jezebel deadspin espn sports_illustrated haaretz jerusalem_post le_monde "
    "le_figaro el_país el_pais der_spiegel spiegel die_zeit corriere_della_sera la_repubblica pravda novaya_gazeta "
    "asahi_shimbun globe_and_mail cbc ctv itv sky_news channel_4 abc_news nbc_news cbs_news new_republic the_nation "
    "american_prospect scotusblog lawfare just_security fivethirtyeight texas_tribune american-statesman plain_dealer "
    "arizona_republic seattle_times voice_of_america 60_minutes good_morning_america meet_the_press face_the_nation "
    "fox_&_friends fox_and_friends morning_joe today_show new_york_magazine foreign_policy foreign_affairs "
    "scientific_american national_geographic law_review christian_science_monitor daily_express indian_express "
    "the_independent daily_record journalism_review citizen_times drudge drudge_report infowars theblaze the_blaze "
    "the_federalist western_journal epoch_times"
)
# names of outlets that are common words as well
OUTLET_WORDS = _listed(
    "atlantic bild billboard blaze deadline economist fortune fox hill insider intercept nation people quartz reason "
    "salon sky slate spectator stat time variety verge vice wired yahoo"
)
ORGANISATIONS = _listed(
    "police department government ministry company companies firm corporation agency committee subcommittee "
    "commission court courts campaign party white_house kremlin pentagon congress senate parliament university "
    "college school district office offices union group organization organisation association administration team "
    "league board boards council bank hospital church fund foundation institute institution center centre bureau "
    "service force army navy military guard state states city county village town house cabinet regime coalition "
    "prosecution defence defense authority brigade fbi cia nsa dea atf tsa cdc fda epa nato un eu nra irs gop dnc rnc "
    "division panel jury leadership embassy consulate watchdog maker manufacturer retailer giant airline carrier "
    "insurer lender operator developer publisher startup charity nonprofit society federation confederation alliance "
    "partnership network chamber assembly legislature caucus majority opposition task_force unit squad tribunal "
    "judiciary presidency monarchy palace vatican command headquarters laboratory lab clinic museum library studio "
    "brand chain store shop restaurant bakery hotel factory mine utility exchange treasury reserve academy faculty "
    "synod diocese archdiocese parish mosque synagogue camp enforcement operation industry country system tribe "
    "nation militia faction junta front movement governments departments ministries campaigns parties inc corp llc "
    "ltd co plc committees councils secretariat directorate inspectorate registry archives trust consortium "
    "cooperative think_tank super_pac pac lobby guild club band troupe crown downing_street whitehall capitol_hill "
    "state_department justice_department"
)
COLLECTIVES = _listed(
    "critics supporters opponents observers analysts experts voters residents neighbors neighbours republicans "
    "democrats conservatives liberals progressives activists advocates protesters protestors demonstrators economists "
    "scholars scientists americans people women men students parents families lawmakers members leaders politicians "
    "commentators pundits users fans customers businesses groups parties nations countries communities community "
    "public opinion world others some many most several researchers historians investors palestinians israelis "
    "workers locals sides side foes skeptics sceptics proponents detractors moderates islamists rebels readers "
    "viewers witnesses eyewitnesses bystanders onlookers passengers survivors victims crowd crowds mob audience "
    "audiences consumers taxpayers citizens immigrants migrants refugees veterans farmers teachers professors "
    "academics physicians nurses legislators hardliners hawks doves nationalists separatists socialists communists "
    "libertarians populists centrists independents delegates electors plaintiffs defendants challengers rivals "
    "backers boosters defenders donors hopefuls candidates contenders evangelicals christians muslims jews catholics "
    "bishops clergy priests pastors imams rabbis theologians celebrities artists musicians actors athletes players "
    "developers employers employees staff staffers tweeters bloggers companies firms agencies organizations "
    "organisations unions outsiders everyone everybody establishment blogosphere electorate faithful base left right "
    "youth elderly poor rich blacks whites hispanics latinos latinas environmentalists feminists unionists insurgents "
    "militants reformers traders speculators forecasters meteorologists pollsters oddsmakers handicappers reformists "
    "dissidents exiles expatriates villagers townspeople islanders countrymen kids children teens teenagers "
    "millennials seniors retirees tenants landlords homeowners shoppers diners drinkers organizers organisers "
    "speakers tourists travelers travellers commuters motorists cyclists pedestrians millions thousands hundreds "
    "dozens three-quarters two-thirds half majorities respondents participants attendees followers writers admirers "
    "elders specialists hackers troops elites policymakers billionaires folks consultants drivers guests "
    "fact-checkers fundraisers lobbyists surrogates superdelegates mourners hosts minorities gays adults partisans "
    "callers moderators generation mainstream couple trio quartet percent percentage few all none each both minority "
    "anyone those population wing grassroots youths adherents aficionados agitators alumni applicants backbenchers "
    "believers campaigners churchgoers defectors enthusiasts entrepreneurs ethicists evangelists financiers "
    "intellectuals jurists marchers naysayers newcomers novelists philanthropists philosophers pilgrims planners "
    "preservationists psychologists purists realists recruiters rioters shareholders sympathizers sympathisers "
    "technologists theorists undecideds watchers watchdogs well-wishers"
)
ROLES = _with_plurals(
    "spokesman spokeswoman spokesperson authority investigator prosecutor detective chief mayor president governor "
    "senator minister secretary judge justice lawyer attorney coroner sheriff deputy officer captain doctor owner "
    "manager executive director head chair chairman chairwoman chairperson nominee commissioner ambassador envoy "
    "diplomat general commander firefighter medic paramedic clerk representative congressman congresswoman counsel "
    "superintendent principal pope king queen prince princess solicitor marshal ranger trooper agent inspector "
    "examiner pathologist surgeon nurse trustee treasurer speaker whip premier chancellor monarch emperor sultan emir "
    "ayatollah undersecretary juror guard pilot soldier sergeant lieutenant colonel admiral dispatcher responder "
    "founder co-founder ceo cfo coo negotiator mediator arbitrator regulator administrator organizer organiser "
    "builder contractor coach caretaker bartender waiter waitress clinician psychiatrist psychologist therapist "
    "counselor counsellor landlord landlady staffer staff boss editor reporter journalist correspondent columnist "
    "anchor host blogger author accuser assailant gunman shooter attacker suspect culprit inmate prisoner detainee "
    "hostage bride groom babysitter nanny boy girl lady gentleman guy teenager teen passerby candidate incumbent "
    "neurosurgeon mogul front-runner frontrunner tycoon actress actor star superdelegate businessman businesswoman "
    "narrator consultant pollster committeeman committeewoman alderman councilman councilwoman councilmember "
    "councillor assemblyman assemblywoman lawman policeman policewoman serviceman magnate billionaire millionaire "
    "celebrity singer rapper comedian filmmaker hopeful caller moderator hacker heckler fact-checker cook chef barber "
    "plumber electrician mechanic cashier clergyman monk nun missionary chaplain deacon cardinal archbishop ombudsman "
    "ombudswoman registrar auditor controller comptroller assessor engineer architect geologist biologist physicist "
    "chemist dean provost rector foe virologist epidemiologist specialist technician operator supervisor "
    "chief_executive vice_president"
) | _listed(
    "spokespeople police_chief resident expert analyst member voter student neighbor neighbour critic supporter "
    "opponent witness eyewitness bystander leader professor teacher victim defendant plaintiff driver guest pastor "
    "bishop priest rabbi imam lawmaker legislator activist advocate economist scholar scientist researcher historian "
    "worker employee farmer customer consumer veteran donor delegate elector rival republican democrat conservative "
    "liberal passenger survivor parent politician commentator observer participant attendee reader speaker legal_team "
    "attorneys_general editor-in-chief vice-president man woman"
)
# kin and acquaintances: a role even where there are several
KIN = _with_plurals(
    "mother father wife husband son daughter brother sister cousin uncle aunt nephew niece grandmother grandfather "
    "grandparent grandson granddaughter grandchild stepmother stepfather stepson stepdaughter stepbrother stepsister "
    "half-brother half-sister boyfriend girlfriend fiance fiancé fiancee fiancée partner spouse roommate classmate "
    "coworker co-worker colleague teammate friend relative sibling twin widow widower guardian godmother godfather "
    "godson mom dad mum family brother-in-law sister-in-law mother-in-law father-in-law son-in-law daughter-in-law "
    "ex-wife ex-husband acquaintance grandma grandpa family_member"
) | _listed("brothers-in-law sisters-in-law kin kinfolk in-laws")

TITLES = _listed(
    "president minister secretary mayor governor senator chief judge officer spokesman spokeswoman spokesperson "
    "sheriff chairman chairwoman chair director commissioner captain teacher professor doctor congressman "
    "congresswoman representative attorney justice lawyer sergeant lieutenant detective deputy superintendent "
    "principal pastor bishop dr mr mrs ms miss sen rep gov sgt lt capt col gen det rev prof sir lord lady dame adm "
    "cpl pvt supt cllr ald hon"
)
# words of a name after a title that make it no person's: `Attorney General`, `General Motors`
AFTER_TITLES = _listed("general elect emeritus judiciary motors designate")

KNOWN: frozenset[str] = INSIDERS | OFFICIALS | DOCUMENTS | OUTLET_NOUNS | ORGANISATIONS | COLLECTIVES | ROLES | KIN
