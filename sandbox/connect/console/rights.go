package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// account is the right to administer the account, whose console lists instances and approves origins. Here it comes with the Admin
// security profile; on the real platform it is another kind of user.
const account = "account"

// rights are the operations that the page asks for, with the permission that each needs. What is not here is refused.
var rights = map[string]string{
	"GET /instance/{instance}/approved-origins":   account,
	"PUT /instance/{instance}/approved-origin":    account,
	"DELETE /instance/{instance}/approved-origin": account,
	"GET /instance/{instance}/attributes":         account,
	"POST /instance/{instance}/attribute/{id}":    account,

	"POST /search-users":                            "Users.View",
	"PUT /users/{instance}":                         "Users.Create",
	"DELETE /users/{instance}/{id}":                 "Users.Delete",
	"POST /users/{instance}/{id}/identity-info":     "Users.Edit",
	"POST /users/{instance}/{id}/phone-config":      "Users.Edit",
	"POST /users/{instance}/{id}/routing-profile":   "Users.Edit",
	"POST /users/{instance}/{id}/security-profiles": "Users.EditPermission",

	"POST /search-agent-statuses":        "AgentStates.View",
	"PUT /agent-status/{instance}":       "AgentStates.Create",
	"POST /agent-status/{instance}/{id}": "AgentStates.Edit",

	"POST /search-security-profiles":                     "SecurityProfiles.View",
	"GET /security-profiles-permissions/{instance}/{id}": "SecurityProfiles.View",
	"PUT /security-profiles/{instance}":                  "SecurityProfiles.Create",
	"POST /security-profiles/{instance}/{id}":            "SecurityProfiles.Edit",
	"DELETE /security-profiles/{instance}/{id}":          "SecurityProfiles.Delete",

	"POST /search-routing-profiles":                                 "RoutingPolicies.View",
	"GET /routing-profiles/{instance}/{id}/queues":                  "RoutingPolicies.View",
	"PUT /routing-profiles/{instance}":                              "RoutingPolicies.Create",
	"DELETE /routing-profiles/{instance}/{id}":                      "RoutingPolicies.Delete",
	"POST /routing-profiles/{instance}/{id}/name":                   "RoutingPolicies.Edit",
	"POST /routing-profiles/{instance}/{id}/default-outbound-queue": "RoutingPolicies.Edit",
	"POST /routing-profiles/{instance}/{id}/concurrency":            "RoutingPolicies.Edit",
	"POST /routing-profiles/{instance}/{id}/associate-queues":       "RoutingPolicies.Edit",
	"POST /routing-profiles/{instance}/{id}/queues":                 "RoutingPolicies.Edit",
	"POST /routing-profiles/{instance}/{id}/disassociate-queues":    "RoutingPolicies.Edit",

	"POST /search-queues":                                      "Queues.View",
	"GET /queues/{instance}/{id}/quick-connects":               "Queues.View",
	"PUT /queues/{instance}":                                   "Queues.Create",
	"DELETE /queues/{instance}/{id}":                           "Queues.Delete",
	"POST /queues/{instance}/{id}/name":                        "Queues.Edit",
	"POST /queues/{instance}/{id}/hours-of-operation":          "Queues.Edit",
	"POST /queues/{instance}/{id}/max-contacts":                "Queues.Edit",
	"POST /queues/{instance}/{id}/outbound-caller-config":      "Queues.Edit",
	"POST /queues/{instance}/{id}/associate-quick-connects":    "Queues.Edit",
	"POST /queues/{instance}/{id}/disassociate-quick-connects": "Queues.Edit",
	"POST /queues/{instance}/{id}/status":                      "Queues.EnableAndDisable",

	"POST /search-hours-of-operations":                            "HoursOfOperation.View",
	"PUT /hours-of-operations/{instance}":                         "HoursOfOperation.Create",
	"POST /hours-of-operations/{instance}/{id}":                   "HoursOfOperation.Edit",
	"DELETE /hours-of-operations/{instance}/{id}":                 "HoursOfOperation.Delete",
	"GET /hours-of-operations/{instance}/{id}/overrides":          "HoursOfOperation.View",
	"PUT /hours-of-operations/{instance}/{id}/overrides":          "HoursOfOperation.Edit",
	"DELETE /hours-of-operations/{instance}/{id}/overrides/{sub}": "HoursOfOperation.Edit",

	"POST /phone-number/list":                   "PhoneNumbers.View",
	"GET /flow-associations-summary/{instance}": "PhoneNumbers.View",
	"POST /phone-number/search-available":       "PhoneNumbers.Claim",
	"POST /phone-number/claim":                  "PhoneNumbers.Claim",
	"PUT /phone-number/{id}/metadata":           "PhoneNumbers.Edit",
	"PUT /phone-number/{id}/contact-flow":       "PhoneNumbers.Edit",
	"DELETE /phone-number/{id}/contact-flow":    "PhoneNumbers.Edit",
	"DELETE /phone-number/{id}":                 "PhoneNumbers.Release",

	"POST /search-contact-flows":                  "ContactFlows.View",
	"PUT /contact-flows/{instance}":               "ContactFlows.Create",
	"POST /contact-flows/{instance}/{id}/content": "ContactFlows.Publish",
	"POST /contact-flows/{instance}/{id}/name":    "ContactFlows.Edit",
	"DELETE /contact-flows/{instance}/{id}":       "ContactFlows.Delete",

	"POST /search-quick-connects":                 "TransferDestinations.View",
	"PUT /quick-connects/{instance}":              "TransferDestinations.Create",
	"POST /quick-connects/{instance}/{id}/name":   "TransferDestinations.Edit",
	"POST /quick-connects/{instance}/{id}/config": "TransferDestinations.Edit",
	"DELETE /quick-connects/{instance}/{id}":      "TransferDestinations.Delete",

	"POST /metrics/current/{instance}": "AccessMetrics",
}

var errAbove = errors.New("only an administrator may make, change or delete an administrator")

// above refuses what would let somebody rise: users who are not administrators make none, and change none.
func above(a *asked) error {
	path := strings.TrimPrefix(a.URL.Path, operations)
	if !strings.HasPrefix(path, "/users/") || a.state.Administers(a.who) {
		return nil
	}
	if a.state.Administers(connect.AgentID(a.PathValue("id"))) {
		return errAbove
	}
	body, err := io.ReadAll(a.Body)
	a.Body = io.NopCloser(bytes.NewReader(body))
	var in struct{ SecurityProfileIds []string }
	if err != nil || len(body) > 0 && json.Unmarshal(body, &in) != nil {
		return errBody
	}
	admin := string(a.state.Instance.DefaultSecurityProfile("Admin"))
	if slices.ContainsFunc(in.SecurityProfileIds, func(id string) bool { return id == admin || strings.HasSuffix(id, "/"+admin) }) {
		return errAbove
	}
	return nil
}
