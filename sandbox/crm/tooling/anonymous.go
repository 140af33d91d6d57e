package tooling

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// executed is the answer to anonymous Apex. Source: Tooling API developer guide, executeAnonymous.
type executed struct {
	Line       int     `json:"line"`
	Column     int     `json:"column"`
	Compiled   bool    `json:"compiled"`
	Success    bool    `json:"success"`
	Problem    *string `json:"compileProblem"`
	StackTrace string  `json:"exceptionStackTrace"`
	Message    string  `json:"exceptionMessage"`
}

// executeAnonymous is GET …/executeAnonymous/?anonymousBody=…. The org runs no Apex. It answers one statement, by which
// programs ask what its hosts are called, because an org has no other API for that:
//
//	throw new IllegalArgumentException('text' + System.DomainCreator.getLightningHostname() + …);
func (a *API) executeAnonymous(c call) (answer, error) {
	if err := c.Actor.Require(rights.AuthorApex); err != nil {
		return answer{}, err
	}
	said, ok := a.thrown(c.URL.Query().Get("anonymousBody"))
	if !ok {
		return answer{}, &schema.Error{
			Code: "FUNCTIONALITY_NOT_ENABLED", Message: "Apex is not enabled for this organization", Status: http.StatusForbidden,
		}
	}
	return edge.OK(executed{
		Line: 1, Column: 1, Compiled: true, StackTrace: "AnonymousBlock: line 1, column 1",
		Message: "System.IllegalArgumentException: " + said,
	}), nil
}

// thrown is the message of the one statement; false for any other.
func (a *API) thrown(apex string) (string, bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(apex), "throw new IllegalArgumentException(")
	text, closed := strings.CutSuffix(strings.TrimSpace(text), ");")
	if !ok || !closed {
		return "", false
	}
	hosts := map[string]string{
		"System.DomainCreator.getLightningHostname()":       a.cfg.Org.Origin(),
		"System.DomainCreator.getOrgMyDomainHostname()":     a.cfg.Org.Origin(),
		"System.DomainCreator.getVisualforceHostname(null)": a.cfg.Org.VisualforceOrigin(),
		"System.DomainCreator.getVisualforceHostname('')":   a.cfg.Org.VisualforceOrigin(),
	}
	asked := false
	var said strings.Builder
	for part := range strings.SplitSeq(text, "+") {
		part = strings.TrimSpace(part)
		if origin, known := hosts[part]; known {
			u, err := url.Parse(origin)
			if err != nil {
				return "", false
			}
			asked = true
			said.WriteString(u.Host)
			continue
		}
		inner := strings.TrimSuffix(strings.TrimPrefix(part, "'"), "'")
		if len(part) != len(inner)+2 || strings.ContainsAny(inner, `'\`) {
			return "", false
		}
		said.WriteString(inner)
	}
	return said.String(), asked
}
