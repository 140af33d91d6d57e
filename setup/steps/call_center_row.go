package steps

import (
	"context"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// CallCenterRow is a call center as the data API gives it.
type CallCenterRow struct {
	ID             string `json:"Id"`
	AdapterURL     string `json:"AdapterUrl"`
	CustomSettings string
}

// FindCallCenter finds the call center of an internal name. The definition of the original's package has the name of
// ours, and its row says by nothing but its page that it is a package's: then there is no row, and namespace says whose
// it is.
func FindCallCenter(
	ctx context.Context, p setup.Platforms, internalName string,
) (found *CallCenterRow, namespace string, err error) {
	rows, err := org.Query[CallCenterRow](ctx, p.CRM,
		"SELECT Id, AdapterUrl, CustomSettings FROM CallCenter WHERE "+org.Equals("InternalName", internalName))
	for _, r := range rows {
		of := namespaceOf(r.AdapterURL)
		if of == "" {
			return &r, "", nil
		}
		namespace = of
	}
	return nil, namespace, err
}

var packagePage = regexp.MustCompile(`(?i)/apex/(\w+?)__AC_LightningAdapter(?:\?|$)`)

// namespaceOf is the managed package that a softphone page is of; "" for the org's own page, and for others.
func namespaceOf(adapterURL string) string {
	of := packagePage.FindStringSubmatch(adapterURL)
	if of == nil || strings.EqualFold(of[1], "c") { // c is the org itself
		return ""
	}
	return of[1]
}
