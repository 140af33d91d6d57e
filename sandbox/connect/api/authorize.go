package api

import (
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect/iam"
)

// needed is an action that a request needs, on a resource.
type needed struct{ action, resource string }

// authorize refuses what the access key's policy does not allow, in the platform's words; without a policy all is
// allowed. operation is the pattern of its route.
func (s *server) authorize(r *http.Request, operation string) error {
	if s.cfg.Policy == nil {
		return nil
	}
	for _, n := range s.needs(r, operation) {
		because := ""
		switch s.cfg.Policy.Check(n.action, n.resource) {
		case iam.Allowed:
			continue
		case iam.Denied:
			because = " with an explicit deny"
		}
		user := "arn:aws:iam::" + s.cfg.Centre.State().Instance.Account + ":user/patchcord"
		return failure(http.StatusForbidden, "AccessDeniedException",
			"User: "+user+" is not authorized to perform: "+n.action+" on resource: "+n.resource+because)
	}
	return nil
}

// needs are the actions of a request: the operation's own, and those of other services that depend on it. Source:
// Service Authorization Reference, Amazon Connect, "dependent actions".
func (s *server) needs(r *http.Request, operation string) []needed {
	action, known := actions[operation]
	if !known {
		return nil // no operation: it is refused as such
	}
	own := needed{"connect:" + action, s.resource(r, operation)}
	switch action {
	case "ListInstances", "DescribeInstance":
		return []needed{own, {"ds:DescribeDirectories", "*"}}
	}
	return []needed{own}
}

// below are what a resource is called in ARNs, by the first part of its path. Source: Service Authorization Reference,
// Amazon Connect, resource types.
var below = map[string]string{
	"agent-status": "agent-state", "contact-flows": "contact-flow", "contacts": "contact", "queues": "queue",
	"hours-of-operations": "operating-hours", "quick-connects": "transfer-destination", "users": "agent",
	"routing-profiles": "routing-profile", "security-profiles": "security-profile",
	"security-profiles-permissions": "security-profile",
}

// resource is what a request is about: something of the instance, with * for any where it is not made yet or all are
// listed; else the instance; or * for an action that no resource narrows.
func (s *server) resource(r *http.Request, operation string) string {
	instance := s.cfg.Centre.State().Instance
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	id := last(segment(r.PathValue("id")))
	if id == "" {
		id = "*"
	}
	switch {
	case operation == "GET /instance":
		return "*"
	case first == "tags":
		return segment(r.PathValue("arn"))
	case first == "phone-number":
		return "arn:aws:connect:" + instance.Region + ":" + instance.Account + ":phone-number/" + id
	case below[first] != "":
		return instance.ARN() + "/" + below[first] + "/" + id
	default:
		return instance.ARN()
	}
}
