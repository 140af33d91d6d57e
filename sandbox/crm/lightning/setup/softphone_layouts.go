package setup

import (
	"context"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	softphoneSection = "Softphone Layouts"
	centerSection    = "Call Centers"
)

type layoutRow struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Default      bool   `json:"default"`
	CreatedBy    string `json:"createdBy"`
	Created      string `json:"created"`
	ModifiedBy   string `json:"modifiedBy"`
	LastModified string `json:"lastModified"`
}

func (s *server) layoutRow(ctx context.Context, l crm.SoftphoneLayout) layoutRow {
	return layoutRow{string(l.ID), l.Name, l.Default, s.userName(ctx, l.CreatedBy), l.CreatedDate.Format(moment),
		s.userName(ctx, l.LastModifiedBy), l.LastModified.Format(moment)}
}

type layoutsOut struct {
	Layouts []layoutRow `json:"layouts"`
	Seen    bool        `json:"seen"` // the page that greets once
}

func (s *server) layouts(ctx context.Context, r asked) (layoutsOut, error) {
	all, err := s.cfg.Org.SoftphoneLayouts(ctx)
	if err != nil {
		return layoutsOut{}, err
	}
	out := layoutsOut{Layouts: []layoutRow{}}
	for _, l := range all {
		out.Layouts = append(out.Layouts, s.layoutRow(ctx, l))
	}
	out.Seen, err = s.cfg.Org.People.Seen(ctx, r.User.ID, "softphone-layouts")
	return out, err
}

type choice struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

type searchable struct {
	Name   string   `json:"name"`
	Label  string   `json:"label"`
	Fields []choice `json:"fields"`
}

type layoutFormOut struct {
	Layout       crm.SoftphoneLayout `json:"layout"`
	LastModified string              `json:"lastModified"` // "" for a new one
	Objects      []searchable        `json:"objects"`
	CallFields   []choice            `json:"callFields"`
	Pages        []choice            `json:"pages"`
	Flows        []choice            `json:"flows"` // active ones that show screens
}

// layoutForm is a layout to edit with everything that may be chosen; without an id a new one, with the platform's defaults.
func (s *server) layoutForm(ctx context.Context, r asked) (layoutFormOut, error) {
	out := layoutFormOut{Layout: crm.ImplicitSoftphoneLayout(), Objects: []searchable{}, Pages: []choice{}, Flows: []choice{}}
	if id := r.URL.Query().Get("id"); id != "" {
		l, err := s.cfg.Org.SoftphoneLayout(ctx, schema.To18(id))
		if err != nil {
			return out, err
		}
		out.Layout, out.LastModified = l, l.LastModified.Format(moment)
	}
	for _, f := range crm.CallFields {
		out.CallFields = append(out.CallFields, choice{f.Value, f.Label})
	}
	for _, o := range s.cfg.Org.Schema().Objects() {
		if !o.Searchable || o.Setup || o.Setting != "" {
			continue
		}
		shown := searchable{o.Name, o.Label, []choice{}}
		for _, f := range o.Fields {
			if f.Type != "id" && f.Type != "address" && f.Name != "IsDeleted" && f.Name != "SystemModstamp" {
				shown.Fields = append(shown.Fields, choice{f.Name, f.Label})
			}
		}
		out.Objects = append(out.Objects, shown)
	}
	flows, err := s.cfg.Org.Flows(ctx)
	if err != nil {
		return out, err
	}
	for _, f := range flows {
		if f.Pops() {
			out.Flows = append(out.Flows, choice{f.Name, f.Flow.Label})
		}
	}
	pages, err := s.query(ctx, r, "SELECT Id, Name, MasterLabel FROM ApexPage ORDER BY Name")
	for _, p := range pages {
		out.Pages = append(out.Pages, choice{p.Text("Name"), p.Text("MasterLabel")})
	}
	return out, err
}

type saveLayoutIn struct {
	ID           string              `json:"id"`
	LastModified string              `json:"lastModified"`
	Layout       crm.SoftphoneLayout `json:"layout"`
}

func (s *server) saveLayout(ctx context.Context, r asked) (idOut, error) {
	in, err := edge.Decode[saveLayoutIn](r.Body)
	if err != nil {
		return idOut{}, err
	}
	since := time.Time{}
	if in.LastModified != "" {
		if since, err = time.Parse(moment, in.LastModified); err != nil {
			return idOut{}, edge.ErrUnreadable
		}
	}
	in.Layout.ID, in.Layout.Name = schema.To18(in.ID), strings.TrimSpace(in.Layout.Name)
	if in.ID != "" && in.Layout.ID == "" {
		return idOut{}, errGone
	}
	done := entryf("createdSoftphoneLayout", softphoneSection, "Created softphone layout %s", in.Layout.Name)
	if in.ID != "" {
		done = entryf("changedSoftphoneLayout", softphoneSection, "Changed softphone layout %s", in.Layout.Name)
	}
	var id schema.RecordID
	err = s.change(ctx, r, done, func(a *crm.Actor) error {
		id, err = a.PutSoftphoneLayout(ctx, in.Layout, since)
		return err
	})
	return idOut{string(id)}, err
}

func (s *server) dropLayout(ctx context.Context, r asked) (nothing, error) {
	l, err := s.cfg.Org.SoftphoneLayout(ctx, r.ID())
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, s.change(ctx, r, entryf("deletedSoftphoneLayout", softphoneSection, "Deleted softphone layout %s",
		l.Name), func(a *crm.Actor) error { return a.DropSoftphoneLayout(ctx, l.ID) })
}

type assignmentRow struct {
	Profile string `json:"profile"` // id
	Name    string `json:"name"`
	Layout  string `json:"layout"` // id, "" for the default
}

type layoutAssignmentsOut struct {
	Profiles []assignmentRow `json:"profiles"`
	Layouts  []layoutRow     `json:"layouts"`
}

func (s *server) layoutAssignments(ctx context.Context, r asked) (layoutAssignmentsOut, error) {
	out := layoutAssignmentsOut{Profiles: []assignmentRow{}}
	layouts, err := s.layouts(ctx, r)
	if err != nil {
		return out, err
	}
	out.Layouts = layouts.Layouts
	chosen, err := s.cfg.Org.SoftphoneAssignments(ctx)
	if err != nil {
		return out, err
	}
	profiles, err := s.query(ctx, r, "SELECT Id, Name FROM Profile ORDER BY Name")
	for _, p := range profiles {
		out.Profiles = append(out.Profiles, assignmentRow{string(p.ID()), p.Text("Name"), string(chosen[p.ID()])})
	}
	return out, err
}

type assignIn struct {
	Layouts map[string]string `json:"layouts"` // profile to layout, "" for the default
}

func (s *server) assignLayouts(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[assignIn](r.Body)
	if err != nil {
		return nothing{}, err
	}
	layouts := map[schema.RecordID]schema.RecordID{}
	for profile, layout := range in.Layouts {
		layouts[schema.To18(profile)] = schema.To18(layout)
		if layout != "" && layouts[schema.To18(profile)] == "" {
			return nothing{}, errGone
		}
	}
	return nothing{}, s.change(ctx, r, entryf("changedSoftphoneLayoutAssignment", softphoneSection,
		"Changed the softphone layout assignment"), func(a *crm.Actor) error { return a.AssignSoftphoneLayouts(ctx, layouts) })
}
