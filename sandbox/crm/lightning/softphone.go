package lightning

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// softphoneLayout is what getSoftphoneLayout answers, by direction of the call. Source: Open CTI developer guide.
type softphoneLayout struct {
	Internal callTypeLayout `json:"Internal"`
	Inbound  callTypeLayout `json:"Inbound"`
	Outbound callTypeLayout `json:"Outbound"`
}

type callTypeLayout struct {
	CallRelatedFields []string          `json:"callRelatedFields"`
	Objects           layoutObjects     `json:"objects"`
	ScreenPopSettings screenPopSettings `json:"screenPopSettings"`
}

// layoutObjects are the objects of a layout in its order, as clients read them: a member for each.
type layoutObjects []layoutObject

type layoutObject struct {
	name   string
	fields []layoutField
}

// MarshalJSON keeps the order.
func (all layoutObjects) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, o := range all {
		name, err := json.Marshal(o.name)
		if err != nil {
			return nil, err
		}
		fields, err := json.Marshal(o.fields)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(fields)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

type layoutField struct {
	DisplayName string `json:"displayName"`
	APIName     string `json:"apiName"`
}

// screenPopSettings is empty for calls that are not inbound.
type screenPopSettings struct {
	OpenWithin      string      `json:"screenPopsOpenWithin,omitzero"`
	NoMatch         *popSetting `json:"NoMatch,omitzero"`
	SingleMatch     *popSetting `json:"SingleMatch,omitzero"`
	MultipleMatches *popSetting `json:"MultipleMatches,omitzero"`
}

type popSetting struct {
	Type string `json:"screenPopType"`
	Data string `json:"screenPopData,omitzero"` // an object, a page or a flow, by type
}

// softphoneLayout is the layout of the user's profile as it is now, with the objects and fields that the user may see.
func (s *server) softphoneLayout(ctx context.Context, r asked) (softphoneLayout, error) {
	kept, err := s.cfg.Org.SoftphoneLayoutOf(ctx, r.User.ProfileID)
	if err != nil {
		return softphoneLayout{}, err
	}
	out := softphoneLayout{Internal: shownTo(ctx, r, kept.Internal), Inbound: shownTo(ctx, r, kept.Inbound),
		Outbound: shownTo(ctx, r, kept.Outbound)}
	out.Inbound.ScreenPopSettings = popsOf(kept.Inbound)
	return out, nil
}

func shownTo(ctx context.Context, r asked, c crm.SoftphoneCallType) callTypeLayout {
	out := callTypeLayout{CallRelatedFields: c.CallFields, Objects: layoutObjects{}}
	if out.CallRelatedFields == nil {
		out.CallRelatedFields = []string{}
	}
	for _, chosen := range c.Objects {
		o, err := described(r, chosen.Object)
		if err != nil {
			continue // not visible to this user
		}
		shown := []layoutField{}
		for _, name := range chosen.Fields {
			if f, ok := o.field(name); ok {
				shown = append(shown, layoutField{DisplayName: f.Label, APIName: f.Name})
			}
		}
		out.Objects = append(out.Objects, layoutObject{o.Name, shown})
	}
	return out
}

func popsOf(c crm.SoftphoneCallType) screenPopSettings {
	setting := func(p crm.ScreenPop) *popSetting { return &popSetting{Type: p.Type, Data: p.Data} }
	return screenPopSettings{OpenWithin: c.OpenWithin, NoMatch: setting(c.NoMatch), SingleMatch: setting(c.SingleMatch),
		MultipleMatches: setting(c.MultipleMatches)}
}

// callType is a layout's part for a call's direction; inbound when none is named.
func callType(l crm.SoftphoneLayout, direction string) (crm.SoftphoneCallType, bool) {
	switch direction {
	case "", "inbound":
		return l.Inbound, true
	case "outbound":
		return l.Outbound, true
	case "internal":
		return l.Internal, true
	}
	return crm.SoftphoneCallType{}, false
}
