package api

import (
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

var days = strings.Fields("SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY")

type timeOfDay struct{ Hours, Minutes int }

func (t timeOfDay) minutes() int {
	if t.Hours < 0 || t.Hours > 23 || t.Minutes < 0 || t.Minutes > 59 {
		return -1
	}
	return t.Hours*60 + t.Minutes
}

type dayConfig struct {
	Day                string
	StartTime, EndTime timeOfDay
}

func spans(in []dayConfig) []connect.Span {
	out := []connect.Span{}
	for _, d := range in {
		out = append(out, connect.Span{Day: time.Weekday(slices.Index(days, d.Day)), Start: d.StartTime.minutes(), End: d.EndTime.minutes()})
	}
	return out
}

func config(all []connect.Span) []dayConfig {
	out := []dayConfig{}
	for _, s := range all {
		out = append(out, dayConfig{days[s.Day], timeOfDay{s.Start / 60, s.Start % 60}, timeOfDay{s.End / 60, s.End % 60}})
	}
	return out
}

// hours are the operations about hours of operation and their overrides.
type hours struct{ *server }

func (s hours) hours(st connect.State, h connect.Hours) entry {
	arn := st.Instance.HoursARN(h.ID)
	return tagged(entry{"HoursOfOperationId": h.ID, "HoursOfOperationArn": arn, "Name": h.Name,
		"Description": h.Description, "TimeZone": h.Zone, "Config": config(h.Spans)}, st, arn)
}

func (s hours) listHours(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []entry
	for _, h := range st.Hours {
		all = append(all, entry{"Id": h.ID, "Arn": st.Instance.HoursARN(h.ID), "Name": h.Name})
	}
	return listed(c, "HoursOfOperationSummaryList", all)
}

func (s hours) describeHours(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "hours of operation", "HoursOfOperation", st.Hours,
		func(h connect.Hours) string { return string(h.ID) }, func(h connect.Hours) entry { return s.hours(st, h) })
}

func (s hours) searchHours(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "HoursOfOperations", st.Hours, func(h connect.Hours) (fields, string, entry) {
		f := named(string(h.ID), h.Name, h.Description)
		f["timezone"] = []string{h.Zone}
		return f, st.Instance.HoursARN(h.ID), s.hours(st, h)
	})
}

func (s hours) createHours(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, TimeZone string
		Config                      []dayConfig
		Tags                        map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	h, err := s.cfg.Centre.CreateHours(connect.Hours{Name: in.Name, Description: in.Description, Zone: in.TimeZone,
		Spans: spans(in.Config)}, in.Tags)
	return entry{"HoursOfOperationId": h.ID, "HoursOfOperationArn": s.cfg.Centre.State().Instance.HoursARN(h.ID)}, err
}

func (s hours) updateHours(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, TimeZone *string
		Config                      *[]dayConfig
	}](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeHours(connect.HoursID(c.id()), func(h *connect.Hours) {
		set(&h.Name, in.Name)
		set(&h.Description, in.Description)
		set(&h.Zone, in.TimeZone)
		if in.Config != nil {
			h.Spans = spans(*in.Config)
		}
	})
}

func (s hours) deleteHours(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteHours(connect.HoursID(c.id()))
}

func (s hours) override(st connect.State, h connect.Hours, o connect.Override) entry {
	return entry{
		"HoursOfOperationOverrideId": o.ID, "HoursOfOperationId": h.ID, "HoursOfOperationArn": st.Instance.HoursARN(h.ID),
		"Name": o.Name, "Description": o.Description,
		"EffectiveFrom": o.From, "EffectiveTill": o.Till, "Config": config(o.Spans),
	}
}

// overridesOf finds the hours that are asked for.
func (s hours) overridesOf(c call) (connect.State, connect.Hours, error) {
	st := s.cfg.Centre.State()
	for _, h := range st.Hours {
		if string(h.ID) == c.id() {
			return st, h, nil
		}
	}
	return st, connect.Hours{}, missing("The hours of operation")
}

func (s hours) listOverrides(c call) (any, error) {
	st, h, err := s.overridesOf(c)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, o := range h.Overrides {
		all = append(all, s.override(st, h, o))
	}
	return listed(c, "HoursOfOperationOverrideList", all)
}

func (s hours) describeOverride(c call) (any, error) {
	st, h, err := s.overridesOf(c)
	if err != nil {
		return nil, err
	}
	return one(c.sub(), "override", "HoursOfOperationOverride", h.Overrides,
		func(o connect.Override) string { return string(o.ID) }, func(o connect.Override) entry { return s.override(st, h, o) })
}

type overrideChange struct {
	Name, Description, EffectiveFrom, EffectiveTill *string
	Config                                          *[]dayConfig
}

func (in overrideChange) apply(o *connect.Override) {
	set(&o.Name, in.Name)
	set(&o.Description, in.Description)
	set(&o.From, in.EffectiveFrom)
	set(&o.Till, in.EffectiveTill)
	if in.Config != nil {
		o.Spans = spans(*in.Config)
	}
}

func (s hours) createOverride(c call) (any, error) {
	in, err := decode[overrideChange](c)
	if err != nil {
		return nil, err
	}
	var o connect.Override
	in.apply(&o)
	o, err = s.cfg.Centre.CreateOverride(connect.HoursID(c.id()), o)
	return entry{"HoursOfOperationOverrideId": o.ID}, err
}

func (s hours) updateOverride(c call) (any, error) {
	in, err := decode[overrideChange](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeOverride(connect.HoursID(c.id()), connect.OverrideID(c.sub()), in.apply)
}

func (s hours) deleteOverride(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteOverride(connect.HoursID(c.id()), connect.OverrideID(c.sub()))
}
