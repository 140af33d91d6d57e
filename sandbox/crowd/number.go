package crowd

import (
	"fmt"
	"strings"
)

// number is one telephone number and where it is.
type number struct{ e164, written, city, country string }

// stretch is a run of numbers abroad that a regulator keeps free for fiction.
type stretch struct {
	country, code string // calling code
	city          string
	national      string // as written at home, x for each digit that counts up
	abroad        string // as written after the calling code
}

func size(pattern string) int {
	n := 1
	for range strings.Count(pattern, "x") {
		n *= 10
	}
	return n
}

// fill puts the digits of n where the pattern has an x.
func fill(pattern string, n int) string {
	digits := fmt.Sprintf("%0*d", strings.Count(pattern, "x"), n)
	var b strings.Builder
	for _, c := range []byte(pattern) {
		if c == 'x' {
			c, digits = digits[0], digits[1:]
		}
		b.WriteByte(c)
	}
	return b.String()
}

// Sources: Ofcom, "Telephone numbers for use in TV and radio drama programmes"; ARCEP, decision 2018-0881; ACMA, "Phone numbers for use
// in TV shows, films and creative works".
var abroad = []stretch{
	{"United Kingdom", "44", "London", "020 7946 0xxx", "20 7946 0xxx"},
	{"United Kingdom", "44", "Leeds", "0113 496 0xxx", "113 496 0xxx"},
	{"United Kingdom", "44", "Birmingham", "0121 496 0xxx", "121 496 0xxx"},
	{"United Kingdom", "44", "Edinburgh", "0131 496 0xxx", "131 496 0xxx"},
	{"United Kingdom", "44", "Manchester", "0161 496 0xxx", "161 496 0xxx"},
	{"France", "33", "Paris", "01 99 00 xx xx", "1 99 00 xx xx"},
	{"France", "33", "Rennes", "02 61 91 xx xx", "2 61 91 xx xx"},
	{"France", "33", "Strasbourg", "03 53 01 xx xx", "3 53 01 xx xx"},
	{"France", "33", "Lyon", "04 65 71 xx xx", "4 65 71 xx xx"},
	{"Australia", "61", "Sydney", "(02) 5550 xxxx", "2 5550 xxxx"},
	{"Australia", "61", "Melbourne", "(03) 5550 xxxx", "3 5550 xxxx"},
	{"Australia", "61", "Brisbane", "(07) 5550 xxxx", "7 5550 xxxx"},
}

// The exchange 555 is hardly given to anybody. Area codes of one city each.
var areas = []struct{ code, city string }{
	{"201", "Jersey City"}, {"202", "Washington"}, {"203", "Bridgeport"}, {"205", "Birmingham"}, {"207", "Portland"},
	{"208", "Boise"}, {"209", "Stockton"},
	{"210", "San Antonio"}, {"212", "New York"}, {"213", "Los Angeles"}, {"214", "Dallas"}, {"215", "Philadelphia"},
	{"216", "Cleveland"}, {"217", "Springfield"},
	{"218", "Duluth"}, {"219", "Gary"}, {"225", "Baton Rouge"}, {"228", "Gulfport"}, {"229", "Albany"},
	{"231", "Muskegon"}, {"234", "Akron"}, {"239", "Cape Coral"},
	{"240", "Germantown"}, {"248", "Troy"}, {"251", "Mobile"}, {"252", "Greenville"}, {"253", "Tacoma"},
	{"254", "Killeen"}, {"256", "Huntsville"}, {"260", "Fort Wayne"},
	{"262", "Kenosha"}, {"267", "Philadelphia"}, {"269", "Kalamazoo"}, {"270", "Bowling Green"}, {"276", "Bristol"},
	{"281", "Houston"}, {"301", "Rockville"},
	{"302", "Wilmington"}, {"303", "Denver"}, {"304", "Charleston"}, {"305", "Miami"}, {"307", "Cheyenne"},
	{"308", "Grand Island"}, {"309", "Peoria"}, {"310", "Torrance"},
	{"312", "Chicago"}, {"313", "Detroit"}, {"314", "St. Louis"}, {"315", "Syracuse"}, {"316", "Wichita"},
	{"317", "Indianapolis"}, {"318", "Shreveport"},
	{"319", "Cedar Rapids"}, {"320", "St. Cloud"}, {"321", "Orlando"}, {"323", "Los Angeles"}, {"325", "Abilene"},
	{"330", "Akron"}, {"334", "Montgomery"},
	{"336", "Greensboro"}, {"337", "Lafayette"}, {"352", "Gainesville"}, {"360", "Vancouver"}, {"361", "Corpus Christi"},
	{"386", "Daytona Beach"}, {"401", "Providence"},
	{"402", "Omaha"}, {"404", "Atlanta"}, {"405", "Oklahoma City"}, {"406", "Billings"}, {"407", "Orlando"},
	{"408", "San Jose"}, {"409", "Beaumont"}, {"410", "Baltimore"},
	{"412", "Pittsburgh"}, {"413", "Springfield"}, {"414", "Milwaukee"}, {"415", "San Francisco"},
	{"417", "Springfield"}, {"419", "Toledo"}, {"423", "Chattanooga"},
	{"425", "Bellevue"}, {"432", "Midland"}, {"434", "Lynchburg"}, {"435", "St. George"}, {"440", "Parma"},
	{"443", "Baltimore"}, {"478", "Macon"}, {"479", "Fayetteville"},
	{"480", "Mesa"}, {"501", "Little Rock"}, {"502", "Louisville"}, {"503", "Portland"}, {"504", "New Orleans"},
	{"505", "Albuquerque"}, {"507", "Rochester"},
	{"508", "Worcester"}, {"509", "Spokane"}, {"510", "Oakland"}, {"512", "Austin"}, {"513", "Cincinnati"},
	{"515", "Des Moines"}, {"516", "Hempstead"}, {"517", "Lansing"},
	{"518", "Albany"}, {"520", "Tucson"}, {"530", "Redding"}, {"540", "Roanoke"}, {"541", "Eugene"}, {"559", "Fresno"},
	{"561", "West Palm Beach"}, {"562", "Long Beach"},
	{"563", "Davenport"}, {"570", "Scranton"}, {"573", "Columbia"}, {"574", "South Bend"}, {"580", "Lawton"},
	{"585", "Rochester"}, {"586", "Warren"}, {"601", "Jackson"},
	{"602", "Phoenix"}, {"603", "Manchester"}, {"605", "Sioux Falls"}, {"606", "Ashland"}, {"607", "Binghamton"},
	{"608", "Madison"}, {"609", "Trenton"}, {"610", "Allentown"},
	{"612", "Minneapolis"}, {"614", "Columbus"}, {"615", "Nashville"}, {"616", "Grand Rapids"}, {"617", "Boston"},
	{"618", "Belleville"}, {"619", "San Diego"},
	{"620", "Hutchinson"}, {"623", "Glendale"}, {"626", "Pasadena"}, {"630", "Aurora"}, {"631", "Brentwood"},
	{"636", "O'Fallon"}, {"641", "Mason City"}, {"650", "San Mateo"},
	{"651", "St. Paul"}, {"660", "Sedalia"}, {"661", "Bakersfield"}, {"662", "Tupelo"}, {"678", "Atlanta"},
	{"701", "Fargo"}, {"702", "Las Vegas"}, {"703", "Arlington"},
	{"704", "Charlotte"},
}

// atHome are the ways in which people write a number at home: area code and line.
var atHome = []string{"(%s) 555-%s", "(%s) 555-%s", "%s-555-%s", "+1 %s 555 %s", "%s.555.%s", "1-%s-555-%s", "%s555%s"}

// lines is how many numbers an area code gives; coprime spreads them.
const (
	lines   = 10_000
	coprime = 7_919
)

// numberOf is the ith person's: one in ten lives abroad, as long as the numbers there last.
func numberOf(i int) number {
	if i%10 == 7 {
		left := i / 10
		s := abroad[left%len(abroad)]
		if n := left / len(abroad); n < size(s.national) {
			plain := fill(s.abroad, n)
			written := fill(s.national, n)
			if i%3 == 0 {
				written = "+" + s.code + " " + plain
			}
			return number{"+" + s.code + strings.ReplaceAll(plain, " ", ""), written, s.city, s.country}
		}
	}
	area := areas[i%len(areas)]
	line := fmt.Sprintf("%04d", i/len(areas)*coprime%lines)
	return number{"+1" + area.code + "555" + line, fmt.Sprintf(atHome[i/7%len(atHome)], area.code, line), area.city, "United States"}
}
