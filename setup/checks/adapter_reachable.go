package checks

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/internal/plain"
	"github.com/patchcord/patchcord/setup"
)

// adapterReachable looks at the adapter the way a browser would have to.
func adapterReachable(ctx context.Context, on On) ([]setup.Finding, error) {
	status, _, err := probe(ctx, on.Config.PublicURL+"/healthz")
	if err != nil || status != http.StatusOK {
		return []setup.Finding{{
			Verdict: setup.Failed,
			What:    silence(on.Config.PublicURL, status, err),
			Why:     "the softphone asks it what to do with a call",
			Mend:    "Start it with patchcord serve, and check public_url.",
		}}, nil
	}
	found := []setup.Finding{passed("%s answers", on.Config.PublicURL)}
	pages, err := unless(ctx, on, on.Steps.PageOrigins, "it lets the softphone page connect")
	if err != nil {
		return nil, err
	}
	for i := range pages {
		if pages[i].Verdict == setup.Warned {
			pages[i].Verdict = setup.Failed
			pages[i].What = "the adapter does not let pages of " + on.Site.Hosts.Visualforce + " connect"
		}
	}
	found = append(found, pages...)
	u, err := url.Parse(on.Config.PublicURL)
	if err != nil {
		return nil, err
	}
	if private(u.Hostname()) && !private(host(on.Site.Hosts.Lightning)) {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: u.Hostname() + " is a private address, while the org's pages are public",
			Why: "browsers ask before a public page may reach a private network, and refuse where nobody answers",
			Mend: "Give the adapter a public name, or allow Local Network Access for " +
				on.Site.Hosts.Visualforce + " by browser policy.",
		})
	}
	if u.Scheme != "https" && !private(u.Hostname()) {
		found = append(found, setup.Finding{
			Verdict: setup.Failed, What: on.Config.PublicURL + " is not https",
			Why:  "browsers refuse plain requests from secure pages",
			Mend: "Put the adapter behind TLS, and write https in public_url.",
		})
	}
	return found, nil
}

// silence says how an address does not answer as it should.
func silence(address string, status int, err error) string {
	if err != nil {
		return address + " does not answer: " + plain.Cause(err)
	}
	return fmt.Sprintf("%s answers with status %d", address, status)
}

func host(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// private is true for names and addresses that only this machine or its network reaches.
func private(name string) bool {
	for _, suffix := range []string{".localhost", ".local", ".internal"} {
		if strings.HasSuffix("."+name, suffix) {
			return true
		}
	}
	if !strings.Contains(name, ".") && net.ParseIP(name) == nil {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && (address.IsPrivate() || address.IsLoopback() || address.IsLinkLocalUnicast())
}
