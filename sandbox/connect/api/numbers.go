package api

import (
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// numbers are the operations about phone numbers and the flows that answer them.
type numbers struct{ *server }

// phone is a claimed number as the API has it.
func (s numbers) phone(st connect.State, n connect.Number) entry {
	out := entry{
		"PhoneNumberId": n.ID, "PhoneNumberArn": st.Instance.NumberARN(n.ID), "PhoneNumber": n.E164,
		"PhoneNumberCountryCode": n.Country, "PhoneNumberType": n.Type,
		"TargetArn": st.Instance.ARN(), "InstanceId": st.Instance.ID,
	}
	if n.Description != "" {
		out["PhoneNumberDescription"] = n.Description
	}
	return out
}

func (s numbers) listNumbers(c call) (any, error) {
	st := s.cfg.Centre.State()
	q := c.r.URL.Query()
	var all []entry
	for _, n := range st.Numbers {
		if wants(q["phoneNumberTypes"], n.Type) && wants(q["phoneNumberCountryCodes"], n.Country) {
			all = append(all, entry{"Id": n.ID, "Arn": st.Instance.NumberARN(n.ID), "PhoneNumber": n.E164,
				"PhoneNumberType": n.Type, "PhoneNumberCountryCode": n.Country})
		}
	}
	return listed(c, "PhoneNumberSummaryList", all)
}

// whose checks the instance that a number is asked of: by ARN, by id, or any.
func (s numbers) whose(targetARN, instance string) error {
	for _, asked := range []string{targetARN, instance} {
		if asked != "" {
			if err := s.ours(asked); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s numbers) listNumbersV2(c call) (any, error) {
	in, err := decode[struct {
		paging
		TargetArn, PhoneNumberPrefix              string
		PhoneNumberCountryCodes, PhoneNumberTypes []string
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.whose(in.TargetArn, in.InstanceId); err != nil {
		return nil, err
	}
	st := s.cfg.Centre.State()
	var all []entry
	for _, n := range st.Numbers {
		if strings.HasPrefix(n.E164, in.PhoneNumberPrefix) && wants(in.PhoneNumberCountryCodes, n.Country) && wants(in.PhoneNumberTypes, n.Type) {
			all = append(all, s.phone(st, n))
		}
	}
	list, next, err := cut(all, in.MaxResults.String(), in.NextToken, 1000)
	return listing("ListPhoneNumbersSummaryList", list, next), err
}

func (s numbers) searchNumbers(c call) (any, error) {
	in, err := decode[struct {
		paging
		TargetArn, PhoneNumberPrefix, PhoneNumberCountryCode, PhoneNumberType string
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.whose(in.TargetArn, in.InstanceId); err != nil {
		return nil, err
	}
	if in.PhoneNumberCountryCode == "" || in.PhoneNumberType == "" {
		return nil, badParameter("PhoneNumberCountryCode and PhoneNumberType are needed.")
	}
	st := s.cfg.Centre.State()
	var all []entry
	for _, n := range st.Available(in.PhoneNumberCountryCode, in.PhoneNumberType, in.PhoneNumberPrefix) {
		all = append(all, entry{"PhoneNumber": n.E164, "PhoneNumberCountryCode": n.Country, "PhoneNumberType": n.Type})
	}
	list, next, err := cut(all, in.MaxResults.String(), in.NextToken, 10)
	return listing("AvailableNumbersList", list, next), err
}

func (s numbers) claimNumber(c call) (any, error) {
	in, err := decode[struct {
		PhoneNumber, PhoneNumberDescription, TargetArn, InstanceId string
		Tags                                                       map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	if in.TargetArn == "" && in.InstanceId == "" {
		return nil, badParameter("TargetArn or InstanceId is needed.")
	}
	if err := s.whose(in.TargetArn, in.InstanceId); err != nil {
		return nil, err
	}
	n, err := s.cfg.Centre.ClaimNumber(in.PhoneNumber, in.PhoneNumberDescription, in.Tags)
	return entry{"PhoneNumberId": n.ID, "PhoneNumberArn": s.cfg.Centre.State().Instance.NumberARN(n.ID)}, err
}

func (s numbers) describeNumber(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "phone number", "ClaimedPhoneNumberSummary", st.Numbers,
		func(n connect.Number) string { return string(n.ID) }, func(n connect.Number) entry {
			out := tagged(s.phone(st, n), st, st.Instance.NumberARN(n.ID))
			out["PhoneNumberStatus"] = entry{"Status": "CLAIMED"}
			return out
		})
}

// updateNumber moves a number to another instance; there is only this one.
func (s numbers) updateNumber(c call) (any, error) {
	in, err := decode[struct{ TargetArn, InstanceId string }](c)
	if err != nil {
		return nil, err
	}
	if err := s.whose(in.TargetArn, in.InstanceId); err != nil {
		return nil, err
	}
	if err := s.cfg.Centre.ChangeNumber(connect.NumberID(c.id()), func(*connect.Number) {}); err != nil {
		return nil, err
	}
	return entry{"PhoneNumberId": c.id(), "PhoneNumberArn": s.cfg.Centre.State().Instance.NumberARN(connect.NumberID(c.id()))}, nil
}

func (s numbers) updateNumberMetadata(c call) (any, error) {
	in, err := decode[struct{ PhoneNumberDescription *string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeNumber(connect.NumberID(c.id()), func(n *connect.Number) { set(&n.Description, in.PhoneNumberDescription) })
}

func (s numbers) releaseNumber(c call) (any, error) {
	return nil, s.cfg.Centre.ReleaseNumber(connect.NumberID(c.id()))
}

func (s numbers) attachFlow(c call) (any, error) {
	in, err := decode[struct{ InstanceId, ContactFlowId string }](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	if in.ContactFlowId == "" {
		return nil, badParameter("ContactFlowId is missing.")
	}
	return nil, s.cfg.Centre.ChangeNumber(connect.NumberID(c.id()),
		func(n *connect.Number) { n.Flow = connect.FlowID(last(in.ContactFlowId)) })
}

func (s numbers) detachFlow(c call) (any, error) {
	if err := s.ours(c.r.URL.Query().Get("instanceId")); err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeNumber(connect.NumberID(c.id()), func(n *connect.Number) { n.Flow = "" })
}

const voiceNumber = "VOICE_PHONE_NUMBER"

// associations are the flows that answer numbers; ids given as ARNs come back as such.
func associations(st connect.State, ids []string) []entry {
	all := []entry{}
	for _, n := range st.Numbers {
		if n.Flow == "" {
			continue
		}
		if ids == nil {
			all = append(all, entry{"ResourceId": st.Instance.NumberARN(n.ID), "FlowId": st.Instance.FlowARN(n.Flow), "ResourceType": voiceNumber})
		}
		for _, id := range ids {
			if last(id) == string(n.ID) {
				all = append(all, entry{"ResourceId": id, "FlowId": n.Flow, "ResourceType": voiceNumber})
			}
		}
	}
	return all
}

func (s numbers) listAssociations(c call) (any, error) {
	if kind := c.r.URL.Query().Get("ResourceType"); kind != "" && kind != voiceNumber {
		return listed(c, "FlowAssociationSummaryList", []entry{})
	}
	return listed(c, "FlowAssociationSummaryList", associations(s.cfg.Centre.State(), nil))
}

func (s numbers) batchAssociations(c call) (any, error) {
	in, err := decode[struct{ ResourceIds []string }](c)
	if err != nil {
		return nil, err
	}
	if len(in.ResourceIds) == 0 || len(in.ResourceIds) > maxFound {
		return nil, badParameter("ResourceIds names 1 to 100 resources.")
	}
	return entry{"FlowAssociationSummaryList": associations(s.cfg.Centre.State(), in.ResourceIds)}, nil
}
