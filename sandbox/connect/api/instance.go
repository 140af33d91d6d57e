package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// instances are the operations about the instance, its origins and its tags.
type instances struct{ *server }

func (s instances) summary() map[string]any {
	i := s.cfg.Centre.State().Instance
	return map[string]any{
		"Id": i.ID, "Arn": i.ARN(), "InstanceAlias": i.Alias, "IdentityManagementType": "CONNECT_MANAGED",
		"CreatedTime": i.Created.Unix(), "InstanceStatus": "ACTIVE",
		"InboundCallsEnabled": true, "OutboundCallsEnabled": true, "ServiceRole": "arn:aws:iam::" + i.Account +
			":role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect", "InstanceAccessUrl": s.cfg.Origin,
	}
}

func (s instances) listInstances(c call) (any, error) {
	q := c.r.URL.Query()
	list, next, err := cut([]map[string]any{s.summary()}, q.Get("maxResults"), q.Get("nextToken"), 10)
	return listing("InstanceSummaryList", list, next), err
}

func (s instances) describeInstance(call) (any, error) {
	return map[string]any{"Instance": s.summary()}, nil
}

// attributes say what this instance does; those that may be switched are.
var attributes = []struct {
	name string
	on   bool
	may  bool
}{
	{"INBOUND_CALLS", true, true}, {"OUTBOUND_CALLS", true, true}, {"CONTACTFLOW_LOGS", false, true},
	{"CONTACT_LENS", false, false}, {"AUTO_RESOLVE_BEST_VOICES", false, true},
	{"USE_CUSTOM_TTS_VOICES", false, false}, {"EARLY_MEDIA", false, true}, {"MULTI_PARTY_CONFERENCE", false, false},
	{"HIGH_VOLUME_OUTBOUND", false, false},
	{"ENHANCED_CONTACT_MONITORING", false, false}, {"ENHANCED_CHAT_MONITORING", false, false},
	{"MULTI_PARTY_CHAT_CONFERENCE", false, false}, {"MESSAGE_STREAMING", false, false},
}

func (s instances) attributes() []entry {
	st := s.cfg.Centre.State()
	var all []entry
	for _, a := range attributes {
		on := a.on
		if chosen, ok := st.Attributes[a.name]; ok {
			on = chosen
		}
		all = append(all, entry{"AttributeType": a.name, "Value": strconv.FormatBool(on)})
	}
	return all
}

func (s instances) listAttributes(c call) (any, error) {
	return listed(c, "Attributes", s.attributes())
}

func (s instances) describeAttribute(c call) (any, error) {
	for _, a := range s.attributes() {
		if a["AttributeType"] == c.id() {
			return entry{"Attribute": a}, nil
		}
	}
	return nil, badParameter("There is no such attribute type.")
}

func (s instances) updateAttribute(c call) (any, error) {
	in, err := decode[struct{ Value string }](c)
	if err != nil {
		return nil, err
	}
	if in.Value != "true" && in.Value != "false" {
		return nil, badParameter("Value must be true or false.")
	}
	for _, a := range attributes {
		switch {
		case a.name != c.id():
		case !a.may && in.Value == "true":
			return nil, failure(http.StatusBadRequest, "InvalidRequestException", "The sandbox does not have this feature.")
		default:
			return nil, s.cfg.Centre.SwitchAttribute(a.name, in.Value == "true")
		}
	}
	return nil, badParameter("There is no such attribute type.")
}

func (s instances) listOrigins(c call) (any, error) {
	return listed(c, "Origins", s.cfg.Centre.State().Origins)
}

func (s instances) approve(c call) (any, error) {
	in, err := decode[struct{ Origin string }](c)
	if err != nil {
		return nil, err
	}
	switch err := s.cfg.Centre.ApproveOrigin(in.Origin); {
	case errors.Is(err, connect.ErrExists):
		return nil, failure(http.StatusConflict, "ResourceConflictException", err.Error())
	case errors.Is(err, connect.ErrTooMany):
		return nil, failure(http.StatusPaymentRequired, "ServiceQuotaExceededException", err.Error())
	default:
		return nil, err
	}
}

func (s instances) disapprove(c call) (any, error) {
	origin := c.r.URL.Query().Get("origin")
	if origin == "" {
		return nil, failure(http.StatusBadRequest, "InvalidRequestException", "origin is missing")
	}
	return nil, s.cfg.Centre.DisapproveOrigin(origin)
}

// federate: only instances with SAML give tokens, and this one keeps its own users.
func (s instances) federate(call) (any, error) {
	return nil, failure(http.StatusBadRequest, "InvalidRequestException",
		"Federation is only supported for instances whose users are managed with SAML; this one is CONNECT_MANAGED.")
}

// nothing is a list that is empty here.
func nothing(member string) func(call) (any, error) {
	return func(c call) (any, error) { return listed(c, member, []entry{}) }
}

func (s instances) tag(c call) (any, error) {
	in, err := decode[struct {
		Tags map[string]string `json:"tags"`
	}](c)
	if err != nil {
		return nil, err
	}
	if len(in.Tags) == 0 {
		return nil, badParameter("tags is missing")
	}
	return nil, s.cfg.Centre.Tag(segment(c.r.PathValue("arn")), in.Tags)
}

func (s instances) untag(c call) (any, error) {
	return nil, s.cfg.Centre.Untag(segment(c.r.PathValue("arn")), c.r.URL.Query()["tagKeys"])
}

func (s instances) listTags(c call) (any, error) {
	tags, err := s.cfg.Centre.Tags(segment(c.r.PathValue("arn")))
	if tags == nil {
		tags = map[string]string{}
	}
	return entry{"tags": tags}, err
}
