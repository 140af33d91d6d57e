package checks

import (
	"context"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// pageAnswers opens the page as the signed-in user; what the call center would show must be the same page.
func pageAnswers(ctx context.Context, on On) ([]setup.Finding, error) {
	soql := "SELECT AdapterUrl FROM CallCenter WHERE " + org.Equals("InternalName", on.Config.Setup.CallCenter)
	rows, err := org.Query[struct{ AdapterUrl string }](ctx, on.Site.CRM, soql)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "the org has no call center " + on.Config.Setup.CallCenter,
			Why:  "the panel is drawn by it",
			Mend: applyAgain,
		}}, nil
	}
	mend := "Set setup.softphone.adapter_url to " + on.Site.Hosts.Visualforce + setup.SoftphonePage +
		"?ccpVersion=2 and run patchcord setup apply."
	u, err := url.Parse(rows[0].AdapterUrl)
	if err != nil || !strings.HasSuffix(u.Path, setup.SoftphonePage) {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "the CTI Adapter URL is " + setup.OrEmpty(rows[0].AdapterUrl),
			Why:  "the panel would show another page, or an error",
			Mend: mend,
		}}, nil
	}
	if u.IsAbs() && on.Site.Hosts.Visualforce != "" && u.Scheme+"://"+u.Host != on.Site.Hosts.Visualforce {
		return []setup.Finding{{
			Verdict: setup.Failed,
			What:    "the CTI Adapter URL is on " + u.Host + ", the page on " + on.Site.Hosts.Visualforce,
			Why:     "the panel shows a Visualforce error instead of the softphone",
			Mend:    mend,
		}}, nil
	}
	return []setup.Finding{passed("the panel shows %s", rows[0].AdapterUrl)}, nil
}
