package lightning

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// The parts of deployed metadata that the console shows. Unknown elements are skipped: a deploy may bring more than we draw.

const deepest = 64 // elements within elements; more is no layout

type layoutXML struct {
	Sections []struct {
		Label   string `xml:"label"`
		Columns []struct {
			Items []struct {
				Behavior string `xml:"behavior"`
				Field    string `xml:"field"`
			} `xml:"layoutItems"`
		} `xml:"layoutColumns"`
	} `xml:"layoutSections"`
	RelatedLists []struct {
		Fields []string `xml:"fields"`
		Name   string   `xml:"relatedList"`
	} `xml:"relatedLists"`
}

type listViewXML struct {
	Name    string   `xml:"fullName"`
	Label   string   `xml:"label"`
	Columns []string `xml:"columns"`
	Scope   string   `xml:"filterScope"`
	Filters []struct {
		Field     string `xml:"field"`
		Operation string `xml:"operation"`
		Value     string `xml:"value"`
	} `xml:"filters"`
}

type tabXML struct {
	CustomObject bool   `xml:"customObject"`
	Label        string `xml:"label"`
	Motif        string `xml:"motif"`
	Page         string `xml:"page"` // of a Visualforce tab
}

type applicationXML struct {
	Description string   `xml:"description"`
	FormFactors []string `xml:"formFactors"`
	Label       string   `xml:"label"`
	NavType     string   `xml:"navType"`
	Tabs        []string `xml:"tabs"`
	UIType      string   `xml:"uiType"`
	UtilityBar  string   `xml:"utilityBar"`
}

type flexiPageXML struct {
	Regions []struct {
		Items []struct {
			Instance componentXML `xml:"componentInstance"`
		} `xml:"itemInstances"`
		Instances []componentXML `xml:"componentInstances"`
		Type      string         `xml:"type"`
	} `xml:"flexiPageRegions"`
}

type componentXML struct {
	Name       string `xml:"componentName"`
	Properties []struct {
		Name  string `xml:"name"`
		Type  string `xml:"type"`
		Value string `xml:"value"`
	} `xml:"componentInstanceProperties"`
}

type callCenterXML struct {
	AdapterURL     string `xml:"adapterUrl"`
	CustomSettings string `xml:"customSettings"` // JSON object: item to value
	DisplayName    string `xml:"displayName"`
	Sections       []struct {
		Name  string `xml:"name"`
		Items []struct {
			Name  string `xml:"name"`
			Value string `xml:"value"`
		} `xml:"items"`
	} `xml:"sections"`
}

// parse reads one metadata file. Depth is bounded; entities are not expanded by encoding/xml.
func parse[T any](source []byte) (T, error) {
	var out T
	if err := shallow(source); err != nil {
		return out, err
	}
	err := xml.Unmarshal(source, &out)
	return out, err
}

func shallow(source []byte) error {
	decoder := xml.NewDecoder(strings.NewReader(string(source)))
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errors.New("metadata is nested too deeply")
			}
		case xml.EndElement:
			depth--
		}
	}
}

// layoutOf turns a deployed layout into ours; empty columns are dropped.
func layoutOf(source []byte) (layout, error) {
	parsed, err := parse[layoutXML](source)
	if err != nil {
		return layout{}, err
	}
	var out layout
	for _, s := range parsed.Sections {
		shown := section{Label: s.Label}
		for _, c := range s.Columns {
			column := []string{}
			for _, item := range c.Items {
				if item.Field == "" {
					continue
				}
				column = append(column, item.Field)
				switch item.Behavior {
				case "Required":
					out.required = append(out.required, item.Field)
				case "Readonly":
					out.readOnly = append(out.readOnly, item.Field)
				}
			}
			shown.Columns = append(shown.Columns, column)
		}
		out.sections = append(out.sections, shown)
	}
	for _, r := range parsed.RelatedLists {
		object, field, found := strings.Cut(r.Name, ".")
		if !found {
			continue
		}
		list := relatedList{object: object, field: field, label: object}
		for _, name := range r.Fields {
			list.columns = append(list.columns, columnName(name))
		}
		out.related = append(out.related, list)
	}
	return out, nil
}

// shouted are the standard columns as list views and related lists write them.
var shouted = map[string]string{
	"NAME": "Name", "CREATED_DATE": "CreatedDate", "LAST_UPDATE": "LastModifiedDate", "CREATEDBY_USER": "CreatedById",
	"UPDATEDBY_USER": "LastModifiedById", "OWNER.ALIAS": "OwnerId", "CORE.USERS.ALIAS": "OwnerId",
}

// columnName undoes the shouting of metadata: NAME is the field Name.
func columnName(name string) string {
	if plain, ok := shouted[name]; ok {
		return plain
	}
	return name
}

var motif = regexp.MustCompile(`^Custom(\d{1,3}):`)

// icon is the design system's icon of a custom object's tab.
func (t tabXML) icon() string {
	if parts := motif.FindStringSubmatch(t.Motif); parts != nil {
		return "custom:custom" + parts[1]
	}
	return "standard:record"
}

// utilities lists the items of a utility bar in their order, and what works in the background.
func (p flexiPageXML) utilities() []utilityOut {
	out := []utilityOut{}
	for _, region := range p.Regions {
		instances := region.Instances
		for _, item := range region.Items {
			instances = append(instances, item.Instance)
		}
		for _, instance := range instances {
			u := instance.utility()
			u.Background = region.Type == "Background"
			out = append(out, u)
		}
	}
	return out
}

func (c componentXML) utility() utilityOut {
	u := utilityOut{Component: c.Name}
	custom := strings.HasPrefix(c.Name, "c:")
	if custom {
		u.Attributes = map[string]string{}
	}
	for _, property := range c.Properties {
		value := strings.TrimSpace(property.Value)
		if custom && property.Type != "decorator" {
			u.Attributes[property.Name] = value
			continue
		}
		switch property.Name {
		case "label":
			u.Label = value
		case "icon":
			u.Icon = value
		case "height":
			u.Height = pixels(value)
		case "width":
			u.Width = pixels(value)
		case "eager":
			u.Eager, _ = strconv.ParseBool(value) // what is no boolean is: no
		}
	}
	plain := standardItems[u.Component]
	u.Label, u.Icon = cmp.Or(u.Label, plain.label), cmp.Or(u.Icon, plain.icon)
	return u
}

const softphone = "opencti:softPhone"

// standardItems are how the platform's own utility items look when nobody says otherwise.
var standardItems = map[string]struct{ label, icon string }{
	softphone: {"Phone", "call"}, "runtime_service_omnichannel:omniWidget": {"Omni-Channel", "omni_channel"},
}

// pixels reads a size from 0 to 4,000; anything else is 0: not asked for.
func pixels(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 4000 {
		return 0
	}
	return n
}

// milliseconds reads a time of up to ten minutes; anything else is 0: none.
func milliseconds(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 600_000 {
		return 0
	}
	return n
}

// general is the section of the items that the platform itself reads; the definition repeats them in its settings.
const general = "/reqGeneralInfo/"

// settings are the flat keys that getCallCenterSettings publishes. What the definition's own settings say counts before
// its sections, and they alone say for which interface it is: without them that is Salesforce Classic.
func (c callCenterXML) settings(internalName string) map[string]string {
	out := map[string]string{
		general + "reqInternalName": internalName,
		general + "reqDisplayName":  c.DisplayName,
		general + "reqAdapterUrl":   c.AdapterURL,
		"/internalNameLabel":        "Internal Name",
		"/displayNameLabel":         "Display Name",
	}
	for _, s := range c.Sections {
		for _, item := range s.Items {
			out["/"+s.Name+"/"+item.Name] = item.Value
		}
	}
	var own map[string]any
	if json.Unmarshal([]byte(c.CustomSettings), &own) != nil { // none, or not to be read
		own = nil
	}
	delete(out, general+"reqSalesforceCompatibilityMode")
	for item, value := range own {
		out[general+item] = fmt.Sprint(value)
	}
	return out
}
