package setup

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// definition is a call center definition in the metadata's form. Source: Metadata API developer guide, CallCenter.
type definition struct {
	XMLName       xml.Name  `xml:"http://soap.sforce.com/2006/04/metadata CallCenter"`
	AdapterURL    string    `xml:"adapterUrl,omitempty"`
	Settings      string    `xml:"customSettings,omitempty"` // JSON object that repeats the general items
	DisplayName   string    `xml:"displayName"`
	DisplayLabel  string    `xml:"displayNameLabel"`
	InternalLabel string    `xml:"internalNameLabel"`
	Sections      []section `xml:"sections"`
	Version       string    `xml:"version,omitempty"`
}

type section struct {
	Items []item `xml:"items"`
	Label string `xml:"label"`
	Name  string `xml:"name"`
}

type item struct {
	Label string `xml:"label"`
	Name  string `xml:"name"`
	Value string `xml:"value,omitempty"`
}

func (d definition) source() ([]byte, error) {
	d.XMLName = xml.Name{Space: "http://soap.sforce.com/2006/04/metadata", Local: "CallCenter"}
	body, err := xml.MarshalIndent(d, "", "    ")
	return append([]byte(xml.Header), append(body, '\n')...), err
}

// set gives an item another value; the set of items cannot be changed.
func (d *definition) set(key, value string) bool {
	name, field, _ := strings.Cut(key, "/")
	for i := range d.Sections {
		for j := range d.Sections[i].Items {
			if d.Sections[i].Name == name && d.Sections[i].Items[j].Name == field {
				d.Sections[i].Items[j].Value = value
				if field == "reqAdapterUrl" {
					d.AdapterURL = value
				}
				d.repeat()
				return true
			}
		}
	}
	return false
}

const general = "reqGeneralInfo"

// repeated are the items that the platform repeats in a definition's settings. Source: Metadata API developer guide, CallCenter.
var repeated = []string{
	"reqTimeout", "reqStandbyUrl", "reqSoftphoneHeight", "reqSoftphoneWidth", "reqUseApi", "reqSalesforceCompatibilityMode",
}

// repeat brings the settings up to what the general items say; others in them stay.
func (d *definition) repeat() {
	settings := map[string]any{}
	if json.Unmarshal([]byte(d.Settings), &settings) != nil {
		settings = map[string]any{}
	}
	for _, s := range d.Sections {
		for _, i := range s.Items {
			if s.Name == general && i.Value != "" && slices.Contains(repeated, i.Name) {
				settings[i.Name] = i.Value
			}
		}
	}
	if body, err := json.Marshal(settings); err == nil && len(settings) > 0 { // of texts it always can
		d.Settings = string(body)
	}
}

// check refuses values that a form or a file may not have; the field is section/item.
func (d definition) check() error {
	if strings.TrimSpace(d.DisplayName) == "" {
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "You must enter a value", general+"/reqDisplayName")
	}
	if len(d.DisplayName) > 80 {
		return edge.Refuse(400, "STRING_TOO_LONG", "Display Name: data value too large (max length=80)", general+"/reqDisplayName")
	}
	for _, s := range d.Sections {
		for _, i := range s.Items {
			key := s.Name + "/" + i.Name
			if len(i.Value) > 2000 {
				return edge.Refuse(400, "STRING_TOO_LONG", i.Label+": data value too large (max length=2000)", key)
			}
			if s.Name != general {
				continue
			}
			if err := checkItem(i, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkItem(i item, key string) error {
	switch i.Name {
	case "reqSoftphoneHeight", "reqSoftphoneWidth":
		if n, err := strconv.Atoi(i.Value); err != nil || n < 1 || n > 4000 {
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": must be a whole number of pixels from 1 to 4000", key)
		}
	case "reqUseApi":
		if !slices.Contains([]string{"true", "false"}, strings.ToLower(i.Value)) {
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": must be true or false", key)
		}
	case "reqSalesforceCompatibilityMode":
		if !slices.Contains([]string{"Lightning", "Classic", "Classic_and_Lightning"}, i.Value) {
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": must be Lightning, Classic or Classic_and_Lightning", key)
		}
	case "reqAdapterUrl", "reqStandbyUrl":
		u, err := url.Parse(i.Value)
		local := err == nil && (u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost"))
		switch {
		case i.Value == "" && i.Name == "reqAdapterUrl":
			return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "You must enter a value", key)
		case i.Value == "":
		case err != nil:
			var why *url.Error
			if errors.As(err, &why) {
				err = why.Err
			}
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": this address cannot be read: "+err.Error(), key)
		case u.Host == "" && !strings.HasPrefix(i.Value, "/"), u.Host != "" && u.Scheme != "https" && (u.Scheme != "http" || !local):
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": must be a path such as /apex/MyPage, or an address that begins with https://", key)
		}
	case "reqTimeout":
		if n, err := strconv.Atoi(i.Value); i.Value != "" && (err != nil || n < 0) {
			return edge.Refuse(400, "INVALID_FIELD", i.Label+": must be a number of milliseconds", key)
		}
	}
	return nil
}

// The import file. Source: Salesforce Help, Call Center Definition XML Format.
type importFile struct {
	XMLName  xml.Name     `xml:"callCenter"`
	Sections []importPart `xml:"section"`
}

type importPart struct {
	Order string       `xml:"sortOrder,attr"`
	Name  string       `xml:"name,attr"`
	Label string       `xml:"label,attr"`
	Items []importItem `xml:"item"`
}

type importItem struct {
	Order string `xml:"sortOrder,attr"`
	Name  string `xml:"name,attr"`
	Label string `xml:"label,attr"`
	Value string `xml:",chardata"`
}

var (
	plainName    = regexp.MustCompile(`^[A-Za-z0-9]{1,40}$`)
	internalName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]{0,39}$`)
)

var reservedNames = []string{"label", "sortOrder", "internalNameLabel", "displayNameLabel"}

func unreadable(text string) error {
	return edge.Refuse(400, "INVALID_CALL_CENTER_DEFINITION", "Error: Invalid call center definition file. "+text, "file")
}

// readImport reads a definition file and checks every rule of the platform's for it.
func readImport(source []byte) (internal string, d definition, err error) {
	if err := bounded(source); err != nil {
		return "", d, err
	}
	var f importFile
	if err := decoderOf(source).Decode(&f); err != nil {
		return "", d, unreadable(err.Error())
	}
	if len(f.Sections) == 0 {
		return "", d, unreadable("The callCenter element must have at least one section element.")
	}
	d.DisplayLabel, d.InternalLabel, d.Version = "Display Name", "Internal Name", "4"
	seen := map[string]bool{}
	sections, err := inOrder(f.Sections, func(p importPart) string { return p.Order }, "section")
	if err != nil {
		return "", d, err
	}
	for _, s := range sections {
		if err := named("section", s.Name, s.Label, seen); err != nil {
			return "", d, err
		}
		if len(s.Items) == 0 {
			return "", d, unreadable("Section " + s.Name + " must have at least one item element.")
		}
		items, err := inOrder(s.Items, func(i importItem) string { return i.Order }, "item of section "+s.Name)
		if err != nil {
			return "", d, err
		}
		kept, inside := section{Name: s.Name, Label: s.Label}, map[string]bool{}
		for _, i := range items {
			value := strings.TrimSpace(i.Value)
			if err := named("item", i.Name, i.Label, inside); err != nil {
				return "", d, err
			}
			switch {
			case s.Name == general && i.Name == "reqInternalName":
				internal, d.InternalLabel = value, orElse(i.Label, d.InternalLabel)
			case s.Name == general && i.Name == "reqDisplayName":
				d.DisplayName, d.DisplayLabel = value, orElse(i.Label, d.DisplayLabel)
			default:
				if s.Name == general && i.Name == "reqAdapterUrl" {
					d.AdapterURL = value
				}
				if s.Name == general && i.Name == "reqVersion" {
					d.Version = value
				}
				kept.Items = append(kept.Items, item{Name: i.Name, Label: i.Label, Value: value})
			}
		}
		d.Sections = append(d.Sections, kept)
	}
	d.repeat()
	return internal, d, complete(f, internal, d)
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// complete checks what every definition must have.
func complete(f importFile, internal string, d definition) error {
	if f.Sections[0].Name != general && !slices.ContainsFunc(f.Sections, func(p importPart) bool { return p.Name == general }) {
		return unreadable("The required section " + general + " is missing.")
	}
	if !internalName.MatchString(internal) {
		return unreadable("The value of reqInternalName must have 1 to 40 alphanumeric characters and begin with a letter.")
	}
	for _, required := range []string{"reqAdapterUrl", "reqSoftphoneHeight", "reqSoftphoneWidth", "reqUseApi"} {
		if !slices.ContainsFunc(d.Sections, func(s section) bool {
			return s.Name == general && slices.ContainsFunc(s.Items, func(i item) bool { return i.Name == required && i.Value != "" })
		}) {
			return unreadable("The required item " + required + " is missing or has no value.")
		}
	}
	if d.DisplayName == "" {
		return unreadable("The required item reqDisplayName is missing or has no value.")
	}
	return d.check()
}

func named(what, name, label string, seen map[string]bool) error {
	switch {
	case !plainName.MatchString(name):
		return unreadable("The name of each " + what + " must have 1 to 40 alphanumeric characters: \"" + name[:min(len(name), 60)] + "\".")
	case slices.Contains(reservedNames, name):
		return unreadable("\"" + name + "\" is a reserved word and cannot be the name of a " + what + ".")
	case seen[name]:
		return unreadable("The name of each " + what + " must be unique: \"" + name + "\".")
	case len(label) > 1000:
		return unreadable("The label of " + what + " " + name + " has more than 1,000 characters.")
	}
	seen[name] = true
	return nil
}

// inOrder sorts by sortOrder, which counts from 0 without gaps.
func inOrder[T any](all []T, order func(T) string, what string) ([]T, error) {
	sorted := make([]T, len(all))
	have := make([]bool, len(all))
	for _, one := range all {
		n, err := strconv.Atoi(order(one))
		if err != nil || n < 0 || n >= len(all) || have[n] {
			return nil, unreadable("The sortOrder of each " + what + " must be a non-negative integer, begin with 0 and have no gaps.")
		}
		have[n], sorted[n] = true, one
	}
	return sorted, nil
}

// decoderOf reads a file in the encoding that its first bytes or its declaration say: editors save UTF-16 and byte-order marks.
func decoderOf(source []byte) *xml.Decoder {
	marked := slices.ContainsFunc([]string{"\xff\xfe", "\xfe\xff", "\ufeff"}, func(mark string) bool {
		return bytes.HasPrefix(source, []byte(mark))
	})
	decoder := xml.NewDecoder(transform.NewReader(bytes.NewReader(source), unicode.BOMOverride(transform.Nop)))
	decoder.CharsetReader = charset.NewReaderLabel
	if marked { // it is UTF-8 by now, whatever it declares
		decoder.CharsetReader = func(_ string, text io.Reader) (io.Reader, error) { return text, nil }
	}
	return decoder
}

// bounded refuses document types and deep nesting before anything is read.
func bounded(source []byte) error {
	decoder := decoderOf(source)
	for depth, over := 0, false; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err.Error())
		}
		switch t := token.(type) {
		case xml.CharData:
			if depth == 0 && over && len(bytes.TrimSpace(t)) > 0 {
				return unreadable("Content is not allowed after the end of the callCenter element.")
			}
			if bytes.ContainsRune(t, utf8.RuneError) {
				return unreadable("The file holds characters that its encoding does not have.")
			}
		case xml.StartElement:
			if depth == 0 && over {
				return unreadable("Content is not allowed after the end of the callCenter element.")
			}
			if depth++; depth > 8 {
				return unreadable("Elements are nested too deeply.")
			}
		case xml.EndElement:
			depth--
			over = depth == 0
		case xml.Directive:
			return unreadable("A document type is not allowed.")
		}
	}
}
