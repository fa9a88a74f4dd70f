// What Slack itself would not let through in a form, before the app hears of it.

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const WEB = /^https?:\/\/[^\s/]\S*$/i;

function isEmpty(value) {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
}

const CHECKS = {
  number_input: (element, text) => {
    const number = Number(text);
    if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Kirjoita kokonaisluku.";
    if (element.min_value !== undefined && number < Number(element.min_value)) return `Kirjoita vähintään ${element.min_value}.`;
    if (element.max_value !== undefined && number > Number(element.max_value)) return `Kirjoita enintään ${element.max_value}.`;
    return "";
  },
  url_text_input: (_, text) => (WEB.test(text) ? "" : "Kirjoita osoite, joka alkaa https://."),
  email_text_input: (_, text) => (EMAIL.test(text) ? "" : "Kirjoita sähköpostiosoite."),
  plain_text_input: (element, text) => (text.length < (element.min_length ?? 0) ? `Kirjoita vähintään ${element.min_length} merkkiä.` : ""),
};

const UNFINISHED = { number_input: "Kirjoita luku.", datepicker: "Anna koko päivämäärä.", timepicker: "Anna koko kellonaika.", datetimepicker: "Anna päivämäärä ja kellonaika." };

/** What is wrong with the value of an element's control, as a sentence; empty where nothing is. */
export function problemWith(element, control, optional) {
  if (control.validity?.badInput) return UNFINISHED[element.type] ?? "Tarkista tämä kenttä.";
  const value = Object.entries(control.readValue()).find(([name]) => name === "value" || name === "files" || name.startsWith("selected_"))[1];
  if (isEmpty(value)) return optional ? "" : "Täytä tämä kenttä.";
  if (Array.isArray(value) && value.length > (element.max_selected_items ?? value.length)) return `Valitse enintään ${element.max_selected_items}.`;
  return CHECKS[element.type]?.(element, value) ?? "";
}
