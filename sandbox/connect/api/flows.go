package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// flows are the operations about contact flows.
type flows struct{ *server }

func (s flows) flowSummary(st connect.State, f connect.Flow) entry {
	return entry{"Id": f.ID, "Arn": st.Instance.FlowARN(f.ID), "Name": f.Name, "ContactFlowType": f.Type,
		"ContactFlowState": flowState(f), "ContactFlowStatus": flowStatus(f)}
}

func flowState(f connect.Flow) string {
	if f.Archived {
		return "ARCHIVED"
	}
	return "ACTIVE"
}

func flowStatus(f connect.Flow) string {
	if f.Published {
		return "PUBLISHED"
	}
	return "SAVED"
}

func fingerprint(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func (s flows) flow(st connect.State, f connect.Flow, content string) entry {
	arn := st.Instance.FlowARN(f.ID)
	out := entry{
		"Id": f.ID, "Arn": arn, "Name": f.Name, "Description": f.Description, "Type": f.Type, "State": flowState(f),
		"Status": flowStatus(f), "Content": content,
		"FlowContentSha256": fingerprint(content),
	}
	return stamped(tagged(out, st, arn), "LastModifiedTime", f.Changed)
}

func (s flows) listFlows(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["contactFlowTypes"]
	var all []entry
	for _, f := range st.Flows {
		if wants(wanted, string(f.Type)) {
			all = append(all, s.flowSummary(st, f))
		}
	}
	return listed(c, "ContactFlowSummaryList", all)
}

// describeFlow shows what is published, or with :$SAVED behind the id what is saved.
func (s flows) describeFlow(c call) (any, error) {
	id, saved := strings.CutSuffix(c.id(), ":$SAVED")
	st := s.cfg.Centre.State()
	for _, f := range st.Flows {
		switch {
		case string(f.ID) != id:
		case saved:
			return entry{"ContactFlow": s.flow(st, f, f.Saved)}, nil
		case !f.Published:
			return nil, failure(http.StatusNotFound, "ContactFlowNotPublishedException", "The contact flow has not been published.")
		default:
			return entry{"ContactFlow": s.flow(st, f, f.Content)}, nil
		}
	}
	return nil, missing("The contact flow")
}

func (s flows) searchFlows(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "ContactFlows", st.Flows, func(f connect.Flow) (fields, string, entry) {
		known := named(string(f.ID), f.Name, f.Description)
		known["type"], known["state"], known["status"] = []string{string(f.Type)}, []string{flowState(f)}, []string{flowStatus(f)}
		return known, st.Instance.FlowARN(f.ID), s.flow(st, f, f.Saved)
	})
}

func (s flows) createFlow(c call) (any, error) {
	in, err := decode[struct {
		Name, Type, Content, Description, Status string
		Tags                                     map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	if in.Status != "" && in.Status != "PUBLISHED" && in.Status != "SAVED" {
		return nil, badParameter("Status must be PUBLISHED or SAVED.")
	}
	f, err := s.cfg.Centre.CreateFlow(connect.Flow{Name: in.Name, Type: connect.FlowType(in.Type), Content: in.Content,
		Description: in.Description, Published: in.Status != "SAVED"}, in.Tags)
	return entry{"ContactFlowId": f.ID, "ContactFlowArn": s.cfg.Centre.State().Instance.FlowARN(f.ID),
		"FlowContentSha256": fingerprint(in.Content)}, err
}

func (s flows) writeFlow(c call) (any, error) {
	in, err := decode[struct{ Content string }](c)
	if err != nil {
		return nil, err
	}
	id, saved := strings.CutSuffix(c.id(), ":$SAVED")
	return nil, s.cfg.Centre.WriteFlow(connect.FlowID(id), in.Content, !saved)
}

func (s flows) updateFlow(c call) (any, error) {
	in, err := decode[struct{ Name, Description, ContactFlowState *string }](c)
	if err != nil {
		return nil, err
	}
	if in.ContactFlowState != nil && *in.ContactFlowState != "ACTIVE" && *in.ContactFlowState != "ARCHIVED" {
		return nil, badParameter("ContactFlowState must be ACTIVE or ARCHIVED.")
	}
	return nil, s.cfg.Centre.ChangeFlow(connect.FlowID(c.id()), func(f *connect.Flow) {
		set(&f.Name, in.Name)
		set(&f.Description, in.Description)
		if in.ContactFlowState != nil {
			f.Archived = *in.ContactFlowState == "ARCHIVED"
		}
	})
}

func (s flows) deleteFlow(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteFlow(connect.FlowID(c.id()))
}
