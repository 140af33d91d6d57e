package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

func (s *server) summary() map[string]any {
	i := s.cfg.Centre.State().Instance
	return map[string]any{
		"Id": i.ID, "Arn": i.ARN(), "InstanceAlias": i.Alias, "IdentityManagementType": "CONNECT_MANAGED", "CreatedTime": i.Created.Unix(), "InstanceStatus": "ACTIVE",
		"InboundCallsEnabled": true, "OutboundCallsEnabled": true, "ServiceRole": "arn:aws:iam::" + i.Account + ":role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect", "InstanceAccessUrl": s.cfg.Origin,
	}
}

func (s *server) listInstances(c call) (any, error) {
	q := c.r.URL.Query()
	list, next, err := cut([]map[string]any{s.summary()}, q.Get("maxResults"), q.Get("nextToken"), 10)
	return listing("InstanceSummaryList", list, next), err
}

func (s *server) describeInstance(call) (any, error) {
	return map[string]any{"Instance": s.summary()}, nil
}

type attribute struct{ AttributeType, Value string }

// attributes say what this instance does.
var attributes = []attribute{
	{"INBOUND_CALLS", "true"}, {"OUTBOUND_CALLS", "true"}, {"CONTACTFLOW_LOGS", "false"}, {"CONTACT_LENS", "false"}, {"AUTO_RESOLVE_BEST_VOICES", "false"}, {"USE_CUSTOM_TTS_VOICES", "false"},
	{"EARLY_MEDIA", "false"}, {"MULTI_PARTY_CONFERENCE", "false"}, {"HIGH_VOLUME_OUTBOUND", "false"}, {"ENHANCED_CONTACT_MONITORING", "false"}, {"ENHANCED_CHAT_MONITORING", "false"},
	{"MULTI_PARTY_CHAT_CONFERENCE", "false"}, {"MESSAGE_STREAMING", "false"},
}

func (s *server) listAttributes(c call) (any, error) {
	list, next, err := page(c, attributes)
	return listing("Attributes", list, next), err
}

func (s *server) describeAttribute(c call) (any, error) {
	for _, a := range attributes {
		if a.AttributeType == c.id() {
			return map[string]any{"Attribute": a}, nil
		}
	}
	return nil, failure(http.StatusBadRequest, "InvalidParameterException", "no such attribute type")
}

func (s *server) listOrigins(c call) (any, error) {
	list, next, err := page(c, s.cfg.Centre.State().Origins)
	return listing("Origins", list, next), err
}

func (s *server) approve(c call) (any, error) {
	in, err := decode[struct{ Origin string }](c)
	if err != nil {
		return nil, err
	}
	switch err := s.cfg.Centre.ApproveOrigin(in.Origin); {
	case errors.Is(err, connect.ErrExists):
		return nil, failure(http.StatusConflict, "ResourceConflictException", "the origin is approved already")
	case errors.Is(err, connect.ErrTooMany):
		return nil, failure(http.StatusPaymentRequired, "ServiceQuotaExceededException", "there are as many approved origins as there may be")
	case errors.Is(err, connect.ErrOutOfTurn):
		return nil, failure(http.StatusBadRequest, "InvalidParameterException", "Origin must be a scheme and a host, without a path")
	default:
		return nil, err
	}
}

func (s *server) disapprove(c call) (any, error) {
	origin := c.r.URL.Query().Get("origin")
	if origin == "" {
		return nil, failure(http.StatusBadRequest, "InvalidRequestException", "origin is missing")
	}
	err := s.cfg.Centre.DisapproveOrigin(origin)
	if errors.Is(err, connect.ErrOutOfTurn) {
		return nil, missing("the approved origin")
	}
	return nil, err
}

// phone is the instance's number as the API has it.
func (s *server) phone() map[string]any {
	i := s.cfg.Centre.State().Instance
	id := i.Resource("phone-number")
	return map[string]any{
		"PhoneNumberId": id, "PhoneNumberArn": "arn:aws:connect:" + i.Region + ":" + i.Account + ":phone-number/" + id, "PhoneNumber": i.Number, "PhoneNumberCountryCode": "US", "PhoneNumberType": "DID",
		"TargetArn": i.ARN(), "InstanceId": i.ID,
	}
}

func (s *server) listNumbers(c call) (any, error) {
	p := s.phone()
	list, next, err := page(c, []map[string]any{{"Id": p["PhoneNumberId"], "Arn": p["PhoneNumberArn"], "PhoneNumber": p["PhoneNumber"], "PhoneNumberType": p["PhoneNumberType"], "PhoneNumberCountryCode": p["PhoneNumberCountryCode"]}})
	return listing("PhoneNumberSummaryList", list, next), err
}

func (s *server) listNumbersV2(c call) (any, error) {
	in, err := decode[struct {
		TargetArn, InstanceId, NextToken, PhoneNumberPrefix string
		MaxResults                                          jsonNumber
		PhoneNumberCountryCodes, PhoneNumberTypes           []string
	}](c)
	if err != nil {
		return nil, err
	}
	i, p := s.cfg.Centre.State().Instance, s.phone()
	if in.TargetArn != "" && in.TargetArn != i.ARN() || in.InstanceId != "" && in.InstanceId != i.ID {
		return nil, missing("the instance")
	}
	all := []map[string]any{p}
	if !strings.HasPrefix(i.Number, in.PhoneNumberPrefix) || !wants(in.PhoneNumberCountryCodes, "US") || !wants(in.PhoneNumberTypes, "DID") {
		all = nil
	}
	list, next, err := cut(all, in.MaxResults.String(), in.NextToken, 1000)
	return listing("ListPhoneNumbersSummaryList", list, next), err
}

func (s *server) describeNumber(c call) (any, error) {
	p := s.phone()
	if c.id() != p["PhoneNumberId"] {
		return nil, missing("the phone number")
	}
	p["PhoneNumberStatus"] = map[string]string{"Status": "CLAIMED"}
	return map[string]any{"ClaimedPhoneNumberSummary": p}, nil
}
