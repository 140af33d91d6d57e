package lightning

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

func itemLabels(items []navItemOut) string {
	var all []string
	for _, item := range items {
		all = append(all, item.Label)
	}
	return strings.Join(all, ", ")
}

func TestNavigation(t *testing.T) {
	amelia, ada := openTwo(t)
	const delivered = "Home, Accounts, Contacts, Cases, Leads, Tasks"
	if got := itemLabels(does[navigationOut](amelia, "GET", "/navigation", "", 200).Items); got != delivered {
		t.Fatalf("as delivered: %s", got)
	}
	does[navigationOut](amelia, "PUT", "/navigation", `{"items":["Task","Home"]}`, 200)
	if got := itemLabels(does[bootstrapOut](amelia, "GET", "/bootstrap", "", 200).App.Navigation); got != "Tasks, Home" {
		t.Errorf("Amelia's own: %s", got)
	}
	if got := itemLabels(does[bootstrapOut](ada, "GET", "/bootstrap", "", 200).App.Navigation); got != delivered {
		t.Errorf("Ada's became: %s", got)
	}
	for name, body := range map[string]string{
		"an object without a tab": `{"items":["User"]}`,
		"the same twice":          `{"items":["Task","Task"]}`,
		"more than fit":           `{"items":[` + strings.Repeat(`"Task",`, mostItems) + `"Home"]}`,
		"no list":                 `{"items":"Task"}`,
	} {
		t.Run(name, func(t *testing.T) { does[edge.Problems](desk{t, amelia.h}, "PUT", "/navigation", body, 400) })
	}
	if got := itemLabels(does[navigationOut](amelia, "PUT", "/navigation", `{"items":[]}`, 200).Items); got != delivered {
		t.Errorf("reset: %s", got)
	}
}
