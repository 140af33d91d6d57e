package clientapp

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const namespace = "http://soap.sforce.com/2006/04/metadata"

// document is a metadata file with its elements as they were; only those that are set change.
type document struct {
	XMLName xml.Name
	Kids    []kid `xml:",any"`
}

type kid struct {
	XMLName xml.Name
	Inner   string `xml:",innerxml"`
}

func read(body []byte) (document, error) {
	var d document
	err := xml.Unmarshal(body, &d)
	return d, err
}

func (d document) at(name string) int {
	return slices.IndexFunc(d.Kids, func(k kid) bool { return k.XMLName.Local == name })
}

// text is an element's text; "" if there is none.
func (d document) text(name string) string {
	i := d.at(name)
	if i < 0 {
		return ""
	}
	var x struct {
		Text string `xml:",chardata"`
	}
	if xml.Unmarshal([]byte("<x>"+d.Kids[i].Inner+"</x>"), &x) != nil {
		return ""
	}
	return strings.TrimSpace(x.Text)
}

// flag is an element that is true or false; what the platform takes it for if it is missing.
func (d document) flag(name string, missing bool) bool {
	if d.at(name) < 0 {
		return missing
	}
	on, err := strconv.ParseBool(d.text(name))
	return err == nil && on
}

func (d document) number(name string) int {
	n, err := strconv.Atoi(d.text(name))
	if err != nil {
		return 0
	}
	return n
}

// words is a list with commas.
func (d document) words(name string) []string {
	out := []string{}
	for word := range strings.SplitSeq(d.text(name), ",") {
		if word = strings.TrimSpace(word); word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

// set gives an element its text; an empty one goes. A new one stands where the alphabet has it, as the platform writes files.
func (d *document) set(name, text string) {
	i := d.at(name)
	if i >= 0 && d.text(name) == text {
		return
	}
	if text == "" {
		if i >= 0 {
			d.Kids = slices.Delete(d.Kids, i, i+1)
		}
		return
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	inner := strings.ReplaceAll(b.String(), "&#xA;", "\n")
	if i >= 0 {
		d.Kids[i].Inner = inner
		return
	}
	i = slices.IndexFunc(d.Kids, func(k kid) bool { return k.XMLName.Local > name && k.XMLName.Local != "fullName" })
	if i < 0 {
		i = len(d.Kids)
	}
	d.Kids = slices.Insert(d.Kids, i, kid{xml.Name{Local: name}, inner})
}

func (d document) file() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=%q>\n", d.XMLName.Local, namespace)
	for _, k := range d.Kids {
		fmt.Fprintf(&b, "    <%[1]s>%[2]s</%[1]s>\n", k.XMLName.Local, k.Inner)
	}
	fmt.Fprintf(&b, "</%s>\n", d.XMLName.Local)
	return b.Bytes()
}
