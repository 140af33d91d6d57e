package number

import (
	"fmt"
	"strings"
	"testing"
)

func TestDial(t *testing.T) {
	for _, tc := range []struct {
		name, text, country string
		e164, extension     string
		code, says          string // when it is not dialled
	}{
		{"a national number", "(206) 555-0142", "US", "+12065550142", "", "", ""},
		{"a number of a country whose code is given", "+47 22 12 34 56", "US", "+4722123456", "", "", ""},
		{"a short national number of Germany", "030 12345", "DE", "+493012345", "", "", ""},
		{"a slash within a number", "030/1234567", "DE", "+49301234567", "", "", ""},
		{"an access code for other countries", "011 44 20 7946 0803", "US", "+442079460803", "", "", ""},
		{"an extension is read, not sent", "(206) 555-0952 x123", "US", "+12065550952", "123", "", ""},
		{"pauses are an extension", "2065550706,,123#", "US", "+12065550706", "123", "", ""},
		{"a link", "tel:+12065550142;ext=9", "US", "+12065550142", "9", "", ""},
		{"letters on the keys", "1-800-FLOWERS", "US", "+18003569377", "", "", ""},
		{"letters on the keys, after a space", "1 800 FLOWERS", "US", "+18003569377", "", "", ""},
		{"letters at the end", "206-555-FOOD", "US", "+12065553663", "", "", ""},
		{"a word behind it", "206-555-0800 fax", "US", "+12065550800", "", "", ""},
		{"a word behind it that is no extension", "0301234567 App. 12", "DE", "+49301234567", "", "", ""},
		{"a word behind what is local only", "555-0800 fax", "US", "", "", LocalOnly, "area code"},
		{"a word and an extension behind it", "206-555-0800 office x12", "US", "+12065550800", "12", "", ""},
		{"marks that nobody sees", "\u202a+1 206 555 0142\u202c\u200e", "US", "+12065550142", "", "", ""},
		{"an internal number", "4711", "DE", "", "", LocalOnly, "area code"},
		{"an internal number of Austria", "4711", "AT", "", "", LocalOnly, "area code"},
		{"a local number of Germany", "1234567", "DE", "", "", LocalOnly, "area code"},
		{"a national number without its 0", "30 1234567", "DE", "+49301234567", "", "", ""},
		{"an emergency behind a 0 for a line", "0112", "DE", "", "", Emergency, "by hand"},
		{"an emergency of Austria behind a 0", "0133", "AT", "", "", Emergency, "by hand"},
		{"a number and another's end, in Germany", "030 1234567/68", "DE", "", "", Several, "030 1234567 and 68"},
		{"no country is the default one", "206 555 0142", "", "+12065550142", "", "", ""},
		{"the same number twice is one", "206-555-0706 / +1 206 555 0706", "US", "+12065550706", "", "", ""},
		{"local only is not completed", "555-0708", "US", "", "", LocalOnly, "area code"},
		{"text", "call me", "US", "", "", Unreadable, "not a telephone number"},
		{"nothing", "  ", "US", "", "", Unreadable, "not a telephone number"},
		{"an emergency", "911", "US", "", "", Emergency, "by hand"},
		{"an emergency of all networks", "112", "US", "", "", Emergency, "by hand"},
		{"an emergency elsewhere", "112", "DE", "", "", Emergency, "by hand"},
		{"an emergency with an extension", "911 x12", "US", "", "", Emergency, "by hand"},
		{"a short code", "411", "US", "", "", ShortCode, "by hand"},
		{"a national number of five digits", "03000", "NO", "+4703000", "", "", ""},
		{"a short code that looks like a number", "116117", "DE", "", "", ShortCode, "by hand"},
		{"too few digits for anything", "12345", "US", "", "", ShortCode, "by hand"},
		{"a number of elsewhere without its code", "020 7946 0803", "US", "", "", Foreign, "country code"},
		{"the same at home", "020 7946 0803", "GB", "+442079460803", "", "", ""},
		{"a country code without +", "442079460803", "US", "", "", Foreign, "country code"},
		{"too few digits with +", "+44 20 79", "US", "", "", Impossible, "lacks digits"},
		{"two numbers", "206-555-0706 / 206-555-0707", "US", "", "", Several, "206-555-0706 and 206-555-0707"},
		{"two numbers and a word", "206-555-0706 or 206-555-0707", "US", "", "", Several, "206-555-0706 and 206-555-0707"},
		{"two numbers and a space", "206-555-0706 206-555-0707", "US", "", "", Several, "206-555-0706 and 206-555-0707"},
		{"two numbers that look like one", "030 12345 / 030 12346", "DE", "", "", Several, "030 12345 and 030 12346"},
		{"a number and another's end", "206-555-0706/0707", "US", "", "", Several, "206-555-0706 and 0707"},
		{"a page of text", strings.Repeat("206 555 0142 ", 1000), "US", "", "", Unreadable, "…"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			n, unfit := Dial(tc.text, tc.country)
			if n.E164() != tc.e164 || n.Extension() != tc.extension {
				t.Errorf("dials %q extension %q, want %q %q", n.E164(), n.Extension(), tc.e164, tc.extension)
			}
			switch {
			case (unfit == nil) != (tc.code == ""):
				t.Fatalf("unfit: %v, want %q", unfit, tc.code)
			case unfit != nil && (unfit.Code != tc.code || !strings.Contains(unfit.Error(), tc.says)):
				t.Errorf("%s: %s, want %s with %q", unfit.Code, unfit, tc.code, tc.says)
			case unfit != nil && (strings.Contains(unfit.Error(), "%!") || len(unfit.Error()) > 600):
				t.Errorf("the sentence is no sentence: %s", unfit)
			}
		})
	}
}

func TestStored(t *testing.T) {
	for _, tc := range []struct {
		name, text, country, want string
	}{
		{"a national number", "(206) 555-0142", "US", "+12065550142"},
		{"an extension is not part of it", "206 555 0142 ext. 9", "US", "+12065550142"},
		{"two numbers", "206-555-0706 / 206-555-0707", "US", "+12065550706 +12065550707"},
		{"a number and another's end", "206-555-0706/0707", "US", "+12065550706"},
		{"marks that nobody sees", "\u202d(206) 555-0142\u202c", "US", "+12065550142"},
		{"a word behind it", "206 555 0142 (mobile)", "US", "+12065550142"},
		{"an internal number", "4711", "DE", ""},
		{"a forgotten +", "442079460803", "US", "+442079460803"},
		{"another country's access code", "0044 20 7946 0803", "US", "+442079460803"},
		{"what is possible at home is of home", "47 22 12 34 56", "US", "+14722123456"},
		{"a forgotten + before what no country has given out", "440000000000", "US", ""},
		{"local only", "555-0142", "US", ""},
		{"a note", "ask for Jo", "US", ""},
		{"nothing", "", "US", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, n := range Stored(tc.text, tc.country) {
				got = append(got, n.E164())
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestForms(t *testing.T) {
	for _, tc := range []struct{ text, country, e164, national, home, written string }{
		{"+442079460803", "US", "+442079460803", "2079460803", "02079460803", "020 7946 0803"},
		{"(206) 555-0142 x9", "US", "+12065550142", "2065550142", "2065550142", "(206) 555-0142 ext. 9"},
		{"06 1234 5678", "IT", "+390612345678", "0612345678", "0612345678", "06 1234 5678"},
	} {
		n, ok := Parse(tc.text, tc.country)
		abroad := n.Bare().WrittenAbroad()
		if n.Bare().Extension() != "" || strings.NewReplacer(" ", "", "-", "").Replace(abroad) != tc.e164 {
			t.Errorf("%s: %s abroad", tc.text, abroad)
		}
		if !ok || n.E164() != tc.e164 || n.National() != tc.national || n.Home() != tc.home || n.Written() != tc.written {
			t.Errorf("%s: %s %s %s %s", tc.text, n.E164(), n.National(), n.Home(), n.Written())
		}
	}
	none := Number{}
	texts := none.E164() + none.National() + none.Home() + none.Written() + none.WrittenAbroad() + none.Bare().Extension() + none.Country()
	if texts != "" || none.Valid() || none.CallingCode() != 0 {
		t.Error("no number says something")
	}
}

func TestIsBare(t *testing.T) {
	for text, want := range map[string]bool{
		"(206) 555-0142": true, "+1 206.555.0142 x12": true, "tel:2065550142": true, "Case 00001026": false, "jo2065550142@example.com": false,
		"": false, "()": false, "1-800-FLOWERS": false,
	} {
		if IsBare(text) != want {
			t.Errorf("IsBare(%q) = %v", text, !want)
		}
	}
}

func TestCountries(t *testing.T) {
	if !KnownCountry("GB") || KnownCountry("UK") || CallingCodeOf("GB") != 44 || CallingCodeOf("") != 1 || CallingCodeOf("UK") != 0 {
		t.Error("countries are not known by their codes")
	}
}

func FuzzDial(f *testing.F) {
	for _, text := range []string{"206-555-0706 / 206-555-0707", "+44 (0)20 7946 0803 x1", "911", "\xff+1", "２０６５５５０１４２"} {
		f.Add(text, "US")
	}
	f.Fuzz(func(t *testing.T, text, country string) {
		n, unfit := Dial(text, country)
		if (unfit == nil) != (n.E164() != "") {
			t.Fatalf("%q: neither dialled nor told, or both: %q, %v", text, n.E164(), unfit)
		}
		if unfit != nil && len(unfit.Error()) > 2000 {
			t.Fatalf("a sentence of %d bytes", len(unfit.Error()))
		}
		for _, n := range Stored(text, country) {
			if n.E164() == "" {
				t.Fatalf("%q holds a number that is none", text)
			}
		}
		IsBare(text)
	})
}

// What is remembered is told apart by its country, and is never more than a bound.
func TestNumbersAreRememberedByTextAndCountry(t *testing.T) {
	var k known
	asked := 0
	parse := func(text, country string) (Number, bool) { asked++; return parse(text, country) }
	for range 2 {
		here, _ := k.of("020 7946 0803", "GB", parse)
		_, whole := k.of("020 7946 0803", "US", parse)
		if here.E164() != "+442079460803" || whole {
			t.Errorf("in GB %q, in the US whole: %v", here.E164(), whole)
		}
	}
	if asked != 2 {
		t.Errorf("read %d times, want once for each country", asked)
	}
	for i := range 2 * maxKnown {
		k.of(fmt.Sprintf("+1206%07d", 2_000_000+i), "US", parse)
	}
	k.of(strings.Repeat("2", maxAsked+1), "US", parse)
	if len(k.all) > maxKnown {
		t.Errorf("%d are remembered", len(k.all))
	}
}
