package checks

import (
	"context"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// pageAnswers opens the page as the signed-in user; what the call center would show must be the same page.
func pageAnswers(ctx context.Context, on On) ([]setup.Finding, error) {
	row, namespace, err := steps.FindCallCenter(ctx, on.Site.Platforms, on.Config.Setup.CallCenter)
	if err != nil {
		return nil, err
	}
	if namespace != "" {
		return []setup.Finding{{
			Verdict: setup.Failed,
			What:    "the call center " + on.Config.Setup.CallCenter + " is that of the package " + namespace,
			Why:     "the panel would show the package's softphone",
			Mend:    "Import a call center definition with another internal name, and write that into setup.call_center.",
		}}, nil
	}
	if row == nil {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "the org has no call center " + on.Config.Setup.CallCenter,
			Why:  "the panel is drawn by it",
			Mend: applyAgain,
		}}, nil
	}
	mend := "Set setup.softphone.adapter_url to " + on.Site.Hosts.Visualforce + setup.SoftphonePage +
		"?ccpVersion=2 and run patchcord setup apply."
	u, err := url.Parse(row.AdapterURL)
	if err != nil || !strings.HasSuffix(u.Path, setup.SoftphonePage) {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "the CTI Adapter URL is " + setup.OrEmpty(row.AdapterURL),
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
	return []setup.Finding{passed("the panel shows %s", row.AdapterURL)}, nil
}
