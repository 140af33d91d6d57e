package salesforce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Hostnames are the hosts of the org's pages, without scheme; "" for one that is not known.
type Hostnames struct{ Lightning, Visualforce string }

// ErrNoApex means that the org does not say its hostnames by Apex: the user lacks Author Apex, or the org's edition has
// none.
var ErrNoApex = errors.New("the org runs no Apex for this user")

// hostnameApex is the one call that answers: its result is the message of an exception, as anonymous Apex returns
// nothing else.
// Source: Apex Reference Guide, System.DomainCreator; null is the org's own package.
const hostnameApex = `throw new IllegalArgumentException('hosts ' + System.DomainCreator.getLightningHostname() + ` +
	`' ' + System.DomainCreator.getVisualforceHostname(null));`

var hostsSaid = regexp.MustCompile(`hosts ([^\s/]+) ([^\s/]+)`)

// Hostnames asks the org what its hosts are called. ErrNoApex where it does not answer that.
// Source: Tooling API developer guide, executeAnonymous.
func (c *Client) Hostnames(ctx context.Context) (Hostnames, error) {
	var out struct {
		Compiled bool   `json:"compiled"`
		Problem  string `json:"compileProblem"`
		Message  string `json:"exceptionMessage"`
	}
	path := "/tooling/executeAnonymous/" + query(map[string]string{"anonymousBody": hostnameApex})
	err := c.call(ctx, http.MethodGet, path, nil, &out)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Status != http.StatusUnauthorized {
		return Hostnames{}, fmt.Errorf("%w: %w", ErrNoApex, err)
	}
	if err != nil {
		return Hostnames{}, err
	}
	said := hostsSaid.FindStringSubmatch(out.Message)
	if said == nil {
		return Hostnames{}, fmt.Errorf("%w: %s", ErrNoApex, strings.TrimSpace(out.Problem+" "+out.Message))
	}
	return Hostnames{Lightning: strings.ToLower(said[1]), Visualforce: strings.ToLower(said[2])}, nil
}

// enhanced are the endings of the hosts of an org with enhanced domains, by that of its My Domain; Visualforce is ""
// where no source says it.
// Sources: Salesforce Help, My Domain URL Formats; jsforce, isLightningInstance.
var enhanced = []struct{ myDomain, lightning, visualforce string }{
	{".my.salesforce.com", ".lightning.force.com", ".vf.force.com"},
	{".my.salesforce.mil", ".lightning.crmforce.mil", ""},
}

// EnhancedHostnames are what an org with this My Domain calls its hosts by the rule of enhanced domains:
// NAME.my.salesforce.com, NAME--BOX.sandbox.my.salesforce.com and NAME.develop.my.salesforce.com alike. Empty for
// another address. Pages of an org with a namespace have it in place of c.
func EnhancedHostnames(instanceURL string) Hostnames {
	u, err := url.Parse(instanceURL)
	if err != nil {
		return Hostnames{}
	}
	for _, e := range enhanced {
		name, found := strings.CutSuffix(strings.ToLower(u.Host), e.myDomain)
		if !found || name == "" {
			continue
		}
		names := Hostnames{Lightning: name + e.lightning}
		if e.visualforce != "" {
			own, partition, _ := strings.Cut(name, ".")
			if partition != "" {
				partition = "." + partition
			}
			names.Visualforce = own + "--c" + partition + e.visualforce
		}
		return names
	}
	return Hostnames{}
}
