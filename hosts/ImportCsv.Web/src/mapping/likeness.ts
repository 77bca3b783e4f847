/** Words for one thing, as they stand in the first line of people's files; English and German. */
const synonyms: readonly (readonly string[])[] = [
  ['email', 'mail', 'emailaddress', 'mailaddress', 'emailadresse', 'mailadresse', 'epost'],
  ['firstname', 'givenname', 'forename', 'vorname', 'fname'],
  ['lastname', 'surname', 'familyname', 'nachname', 'familienname', 'lname'],
  ['name', 'fullname', 'displayname', 'contactname', 'vollername'],
  ['phone', 'phonenumber', 'telephone', 'tel', 'mobile', 'cell', 'telefon', 'telefonnummer', 'handy'],
  ['company', 'companyname', 'organisation', 'organization', 'employer', 'firma', 'unternehmen'],
  ['street', 'address', 'streetaddress', 'address1', 'addressline1', 'strasse', 'adresse', 'anschrift'],
  ['zip', 'zipcode', 'postcode', 'postalcode', 'plz', 'postleitzahl'],
  ['city', 'town', 'ort', 'stadt', 'wohnort'],
  ['state', 'region', 'province', 'county', 'bundesland'],
  ['country', 'nation', 'land', 'staat'],
  ['date', 'day', 'datum', 'tag'],
  ['birthday', 'birthdate', 'dateofbirth', 'dob', 'geburtstag', 'geburtsdatum'],
  ['price', 'unitprice', 'preis', 'einzelpreis'],
  ['amount', 'total', 'sum', 'betrag', 'summe'],
  ['quantity', 'qty', 'count', 'menge', 'anzahl', 'stueck'],
  ['url', 'website', 'web', 'homepage', 'link', 'webseite'],
  ['id', 'identifier', 'number', 'no', 'nr', 'nummer', 'kennung'],
  ['sku', 'articlenumber', 'itemnumber', 'productcode', 'artikelnummer'],
  ['title', 'subject', 'headline', 'titel', 'betreff'],
  ['description', 'notes', 'note', 'comment', 'remarks', 'beschreibung', 'bemerkung', 'kommentar', 'notiz'],
];

/** Names are compared to this length where they are not the same: nobody's column has a longer one. */
const charactersCompared = 32;

/** White space and punctuation; but of the latter some tells columns apart (#, %, &, @). The server has the same. */
const punctuation = /[\p{Z}\p{Cc}\p{Cf}\p{Pc}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}.,:;!?*'"/]+/gu;

/**
 * Two names are one: normalised, in small letters, without punctuation. Marks and symbols stay: with another one, a
 * word is another word, and a price in € is none in $.
 */
export function isSame(one: string, other: string): boolean {
  const name = plain(one);
  return name !== '' && name === plain(other);
}

/** Two names are words for one thing. */
export function isSynonym(one: string, other: string): boolean {
  const [a, b] = [unmarked(one), unmarked(other)];
  return synonyms.some((words) => words.includes(a) && words.includes(b));
}

/** How nearly two names are the same, from 0 to 1. */
export function nearness(one: string, other: string): number {
  const [a, b] = [unmarked(one), unmarked(other)];
  if (a === '' || b === '') {
    return 0;
  }
  const near = 1 - distance(a, b) / Math.max(a.length, b.length);
  // "customer email" is an email: a shorter name within a longer one, unless it is a syllable
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const within = short.length >= 4 && long.includes(short) ? 0.8 : 0;
  return Math.max(near, within) * 0.9;
}

export function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replace(punctuation, '');
}

function unmarked(name: string): string {
  return plain(name).normalize('NFKD').replace(/\p{M}+/gu, '').slice(0, charactersCompared);
}

/** Levenshtein's: how many characters are to be added, dropped or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
