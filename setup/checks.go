package setup

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/salesforce"
)

const probeWithin = 10 * time.Second

// probe reads a page; status 0 means that nobody answered.
func probe(ctx context.Context, address string) (status int, body string, err error) {
	ctx, cancel := context.WithTimeout(ctx, probeWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, strings.TrimSpace(string(raw)), err
}

// adapterReachable looks at the adapter the way a browser would have to.
func adapterReachable(ctx context.Context, c Config, s Site) ([]Finding, error) {
	status, _, err := probe(ctx, c.PublicURL+"/healthz")
	if err != nil || status != http.StatusOK {
		return []Finding{{Verdict: Failed, What: fmt.Sprintf("%s does not answer (%d, %v)", c.PublicURL, status, err), Why: "the softphone asks it what to do with a call", Mend: "Start it with patchcord serve, and check public_url."}}, nil
	}
	found := []Finding{passed("%s answers", c.PublicURL)}
	pages, err := unless(ctx, s, PageOrigins{Hosts: s.Hosts, Allowed: s.Adapter.PageOrigins}, "it lets the softphone page connect")
	if err != nil {
		return nil, err
	}
	for i := range pages {
		if pages[i].Verdict == Warned {
			pages[i].Verdict, pages[i].What = Failed, "the adapter does not let pages of "+s.Hosts.Visualforce+" connect"
		}
	}
	found = append(found, pages...)
	u, err := url.Parse(c.PublicURL)
	if err != nil {
		return nil, err
	}
	if private(u.Hostname()) && !private(host(s.Hosts.Lightning)) {
		found = append(found, Finding{Verdict: Warned, What: u.Hostname() + " is a private address, while the org's pages are public",
			Why:  "browsers ask before a public page may reach a private network, and refuse where nobody answers",
			Mend: "Give the adapter a public name, or allow Local Network Access for " + s.Hosts.Visualforce + " by browser policy."})
	}
	if u.Scheme != "https" && !private(u.Hostname()) {
		found = append(found, Finding{Verdict: Failed, What: c.PublicURL + " is not https", Why: "browsers refuse plain requests from secure pages", Mend: "Put the adapter behind TLS, and write https in public_url."})
	}
	return found, nil
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
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".local") || strings.HasSuffix(name, ".internal") {
		return true
	}
	if !strings.Contains(name, ".") && net.ParseIP(name) == nil {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && (address.IsPrivate() || address.IsLoopback() || address.IsLinkLocalUnicast())
}

// adapterReady asks the adapter whether the org lets it in.
func adapterReady(ctx context.Context, c Config, _ Site) ([]Finding, error) {
	status, body, err := probe(ctx, c.PublicURL+"/readyz")
	if err == nil && status == http.StatusOK {
		return []Finding{passed("the integration user %s is in", c.Salesforce.Username)}, nil
	}
	if err != nil {
		return nil, err
	}
	return []Finding{{Verdict: Failed, What: body, Why: "without it the adapter knows neither adapter record nor flows, and nothing pops", Mend: applyAgain + " A new External Client App takes effect within minutes on some orgs."}}, nil
}

func originsApproved(ctx context.Context, c Config, s Site) ([]Finding, error) {
	if s.Hosts.Visualforce == "" {
		return []Finding{{Verdict: Failed, What: "the org has no page AC_LightningAdapter yet", Why: "its origin has to be approved", Mend: applyAgain}}, nil
	}
	found, err := unless(ctx, s, ApprovedOrigins{Instance: s.Instance, Hosts: s.Hosts}, "both are approved: "+s.Hosts.Lightning+" and "+s.Hosts.Visualforce)
	for i := range found {
		if found[i].Verdict == Failed {
			found[i].Why = "with one missing the sign-in window never closes, or the panel stays blank with a Content Security Policy error"
		}
	}
	return found, err
}

// pageAnswers opens the page as the signed-in user; what the call center would show must be the same page.
func pageAnswers(ctx context.Context, c Config, s Site) ([]Finding, error) {
	rows, err := query[struct{ AdapterUrl string }](ctx, s.CRM, "SELECT AdapterUrl FROM CallCenter WHERE "+equals("InternalName", c.Setup.CallCenter))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return []Finding{{Verdict: Failed, What: "the org has no call center " + c.Setup.CallCenter, Why: "the panel is drawn by it", Mend: applyAgain}}, nil
	}
	u, err := url.Parse(rows[0].AdapterUrl)
	if err != nil || !strings.HasSuffix(u.Path, softphonePage) {
		return []Finding{{Verdict: Failed, What: "the CTI Adapter URL is " + quoted(rows[0].AdapterUrl), Why: "the panel would show another page, or an error", Mend: "Set setup.softphone.adapter_url to " + s.Hosts.Visualforce + softphonePage + "?ccpVersion=2 and run patchcord setup apply."}}, nil
	}
	if u.IsAbs() && s.Hosts.Visualforce != "" && u.Scheme+"://"+u.Host != s.Hosts.Visualforce {
		return []Finding{{Verdict: Failed, What: "the CTI Adapter URL is on " + u.Host + ", the page on " + s.Hosts.Visualforce, Why: "the panel shows a Visualforce error instead of the softphone", Mend: "Set setup.softphone.adapter_url to " + s.Hosts.Visualforce + softphonePage + "?ccpVersion=2 and run patchcord setup apply."}}, nil
	}
	return []Finding{passed("the panel shows %s", rows[0].AdapterUrl)}, nil
}

func callCenterRight(ctx context.Context, c Config, s Site) ([]Finding, error) {
	found, err := unless(ctx, s, CallCenter{InternalName: c.Setup.CallCenter, Height: fmt.Sprint(c.Setup.Softphone.Height), Width: fmt.Sprint(c.Setup.Softphone.Width), AdapterURL: c.Setup.Softphone.AdapterURL}, "height and width are right")
	if err != nil {
		return found, err
	}
	users, err := unless(ctx, s, CallCenterUsers{CallCenter: c.Setup.CallCenter, Usernames: c.users()}, fmt.Sprintf("in it: %s", counted.Noun(len(c.users()), "user")))
	return append(found, users...), err
}

// agentsMaySignIn looks for the rights whose lack shows as Insufficient Privileges, and for the user at the contact centre.
func agentsMaySignIn(ctx context.Context, c Config, s Site) ([]Finding, error) {
	found, err := unless(ctx, s, Assignments{Sets: c.Setup.People, Integration: c.Salesforce.Username}, "every user has a permission set")
	if err != nil {
		return found, err
	}
	for _, set := range []string{"AC_Administrator", "AC_Manager", "AC_Agent"} {
		page, err := find(ctx, s.CRM, "ApexPage", equals("Name", "AC_LightningAdapter"))
		if err != nil || page == "" {
			return found, err
		}
		access, err := find(ctx, s.CRM, "SetupEntityAccess", "Parent.Name = "+salesforce.Quote(set)+" AND "+equals("SetupEntityId", page))
		if err != nil {
			return found, err
		}
		if access == "" {
			found = append(found, Finding{Verdict: Failed, What: set + " does not give access to the page AC_LightningAdapter", Why: "its users read Insufficient Privileges when they sign in", Mend: "Deploy the package again: delete nothing, run patchcord setup apply."})
		}
	}
	users, err := s.Connect.Users(ctx, s.Instance.ID)
	if err != nil {
		return found, err
	}
	if len(users) == 0 {
		found = append(found, Finding{Verdict: Warned, What: "the instance has no user", Why: "agents sign in to it", Mend: "Add users in the contact centre's user management."})
	}
	return found, nil
}

func recordRight(ctx context.Context, c Config, s Site) ([]Finding, error) {
	found, err := unless(ctx, s, AdapterRecord{Record: c.Setup.CallCenter, Instance: s.Instance.AccessURL, Region: c.Setup.Connect.Region, CallCenter: c.Setup.CallCenter, Country: c.Setup.Country}, "it names "+s.Instance.AccessURL)
	if err != nil {
		return found, err
	}
	toolkit, err := unless(ctx, s, Toolkit{URL: s.Instance.AccessURL, AdapterURL: c.PublicURL}, "the custom setting names instance and adapter")
	return append(found, toolkit...), err
}

// flowsActive wants a flow that pops and one that dials.
func flowsActive(ctx context.Context, c Config, s Site) ([]Finding, error) {
	rows, err := query[struct {
		Name   string
		Source string `json:"Source__c"`
		Event  string `json:"Event__c"`
		Active bool   `json:"Active__c"`
	}](ctx, s.CRM, "SELECT Name, Source__c, Event__c, Active__c FROM AC_CtiScript__c WHERE CTI_Adapter__r."+equals("Call_Center_Definition_Name__c", c.Setup.CallCenter))
	if err != nil {
		return nil, err
	}
	pops, dials := false, false
	for _, r := range rows {
		pops = pops || r.Active && r.Source == "connectVoiceContact"
		dials = dials || r.Active && r.Event == "onClickToDial"
	}
	switch {
	case !pops:
		return []Finding{{Verdict: Failed, What: "no active flow for voice contacts", Why: "nothing pops when a call arrives", Mend: applyAgain + " A flow that somebody switched off stays off: tick Active on it."}}, nil
	case !dials:
		return []Finding{{Verdict: Warned, What: "no active flow for click-to-dial", Why: "numbers in the console are not clickable", Mend: "Tick Active on the flow Salesforce UI onClickToDial."}}, nil
	}
	return []Finding{passed("%s, a pop and click-to-dial among the active ones", counted.Noun(len(rows), "flow"))}, nil
}
