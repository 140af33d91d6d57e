import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** The adapter's own, where the adapter record names none. */
const usual: CountryCode = 'US';

/**
 * A number as people of a country (ISO 3166 alpha-2) write it: their own numbers as at home, all others with + and country code. What is
 * no number stays as it is.
 */
export function written(number: string, country: string): string {
  const home = isSupportedCountry(country) ? country : usual;
  const parsed = parsePhoneNumberFromString(number, home);
  if (!parsed?.isPossible()) return number;
  return parsed.countryCallingCode === getCountryCallingCode(home)
    ? parsed.formatNational()
    : parsed.formatInternational();
}
