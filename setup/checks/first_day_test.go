package checks

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	dayRow    = regexp.MustCompile(`(?m)^\| (\d) \|.*\| ([^|]*?) ?\|$`)
	checkName = regexp.MustCompile(`\*([^*]+)\*`)
)

// The page and what verify prints name the same checks under the same numbers, and each check is one that verify asks.
func TestTheFirstDayIsWhatThePageSays(t *testing.T) {
	page, err := os.ReadFile("../../docs/real-org.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n## The first day\n")
	if !found {
		t.Fatal("docs/real-org.md has no first day")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	rows := dayRow.FindAllStringSubmatch(section, -1)
	if len(rows) != 9 {
		t.Fatalf("%d rows, want 9", len(rows))
	}
	said := make([][]string, 10)
	for i, row := range rows {
		n, err := strconv.Atoi(row[1])
		if err != nil || n != i+1 {
			t.Fatalf("row %d is numbered %s", i+1, row[1])
		}
		for _, name := range checkName.FindAllStringSubmatch(row[2], -1) {
			said[n] = append(said[n], name[1])
		}
	}
	if d := cmp.Diff(said, firstDay); d != "" {
		t.Errorf("page (-) and checks (+):\n%s", d)
	}
	var asked []string
	for _, c := range All(On{}) {
		asked = append(asked, c.Name)
		if c.FirstDay != dayOf(c.Name) {
			t.Errorf("%s has the number %d, want %d", c.Name, c.FirstDay, dayOf(c.Name))
		}
	}
	for _, name := range slices.Concat(firstDay...) {
		if !slices.Contains(asked, name) {
			t.Errorf("no check %s is asked", name)
		}
	}
}
