package lightning

// softphoneLayout is what getSoftphoneLayout answers, by direction of the call.
type softphoneLayout struct {
	Internal callTypeLayout `json:"Internal"`
	Inbound  callTypeLayout `json:"Inbound"`
	Outbound callTypeLayout `json:"Outbound"`
}

type callTypeLayout struct {
	CallRelatedFields []string                 `json:"callRelatedFields"`
	Objects           map[string][]layoutField `json:"objects"`
	ScreenPopSettings screenPopSettings        `json:"screenPopSettings"`

	order []string // of Objects: they are searched in this order
}

type layoutField struct {
	DisplayName string `json:"displayName"`
	APIName     string `json:"apiName"`
}

type screenPopSettings struct {
	OpenWithin      string      `json:"screenPopsOpenWithin,omitzero"`
	NoMatch         *popSetting `json:"NoMatch,omitzero"`
	SingleMatch     *popSetting `json:"SingleMatch,omitzero"`
	MultipleMatches *popSetting `json:"MultipleMatches,omitzero"`
}

type popSetting struct {
	Type string `json:"screenPopType"`
	Data string `json:"screenPopData,omitzero"` // an object or a page, by type
}

// deliveredSoftphoneLayout is the layout of an org that nobody changed: accounts, contacts and leads are searched;
// one match pops its page, none or several pop nothing.
func deliveredSoftphoneLayout() softphoneLayout {
	block := callTypeLayout{
		CallRelatedFields: []string{"ANI", "DNIS"},
		Objects:           map[string][]layoutField{},
		order:             []string{"Account", "Contact", "Lead"},
	}
	for _, object := range block.order {
		block.Objects[object] = []layoutField{{DisplayName: "Name", APIName: "Name"}}
	}
	inbound := block
	inbound.ScreenPopSettings = screenPopSettings{
		OpenWithin:      "ExistingWindow",
		NoMatch:         &popSetting{Type: "DontPop"},
		SingleMatch:     &popSetting{Type: "PopToEntity"},
		MultipleMatches: &popSetting{Type: "DontPop"},
	}
	return softphoneLayout{Internal: block, Inbound: inbound, Outbound: block}
}

func (l softphoneLayout) of(callType string) (callTypeLayout, bool) {
	switch callType {
	case "", "inbound":
		return l.Inbound, true
	case "outbound":
		return l.Outbound, true
	case "internal":
		return l.Internal, true
	}
	return callTypeLayout{}, false
}
