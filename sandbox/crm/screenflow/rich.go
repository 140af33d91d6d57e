package screenflow

import (
	"encoding/xml"
	"strings"
)

// Block is a paragraph of a display text: kind is paragraph, bullet or number.
type Block struct {
	Kind string
	Runs []Run
}

// Run is text of one look.
type Run struct {
	Text                    string
	Bold, Italic, Underline bool
}

// mostMarkup bounds the tags of one text.
const mostMarkup = 2000

// rich merges values into a text with a person's markup. Values are text whatever they hold: only the flow's own tags count, and of them
// those of plain writing; all others are left out.
func (t *turn) rich(template string) ([]Block, error) {
	if strings.TrimSpace(template) == "" {
		return nil, nil
	}
	if !strings.Contains(template, "<") {
		merged, err := t.merge(unescaped(template))
		return lines(merged), err
	}
	w := &writer{}
	d := xml.NewDecoder(strings.NewReader(template))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for n := 0; n < mostMarkup; n++ {
		token, err := d.RawToken()
		if err != nil {
			break // the end, or markup that nobody can read: what was read so far is shown
		}
		switch tag := token.(type) {
		case xml.StartElement:
			w.open(strings.ToLower(tag.Name.Local))
		case xml.EndElement:
			w.close(strings.ToLower(tag.Name.Local))
		case xml.CharData:
			text, err := t.merge(string(tag))
			if err != nil {
				return nil, err
			}
			w.text(text)
		}
	}
	w.end()
	return w.blocks, nil
}

// unescaped undoes the entities that the builder writes into texts without tags.
func unescaped(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&nbsp;", " ", "&amp;", "&").Replace(text)
}

func lines(text string) []Block {
	var all []Block
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, Block{"paragraph", []Run{{Text: line}}})
		}
	}
	return all
}

// plainText is a text without its looks.
func plainText(blocks []Block) string {
	var parts []string
	for _, b := range blocks {
		var line strings.Builder
		for _, r := range b.Runs {
			line.WriteString(r.Text)
		}
		parts = append(parts, strings.TrimSpace(line.String()))
	}
	return strings.Join(parts, " ")
}

// writer puts runs into blocks.
type writer struct {
	blocks              []Block
	now                 Block
	bold, italic, under int
	lists               []string // ul and ol that are open
}

var looks = map[string]string{"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline"}

func (w *writer) count(tag string, by int) bool {
	switch looks[tag] {
	case "bold":
		w.bold = max(0, w.bold+by)
	case "italic":
		w.italic = max(0, w.italic+by)
	case "underline":
		w.under = max(0, w.under+by)
	default:
		return false
	}
	return true
}

func (w *writer) open(tag string) {
	switch {
	case w.count(tag, 1):
	case tag == "br":
		kind := w.now.Kind
		w.end()
		w.now.Kind = kind
	case tag == "ul" || tag == "ol":
		w.end()
		w.lists = append(w.lists, tag)
	case tag == "li":
		w.end()
		w.now.Kind = "bullet"
		if n := len(w.lists); n > 0 && w.lists[n-1] == "ol" {
			w.now.Kind = "number"
		}
	case block(tag):
		w.end()
	}
}

func (w *writer) close(tag string) {
	switch {
	case w.count(tag, -1):
	case tag == "ul" || tag == "ol":
		w.end()
		w.lists = w.lists[:max(0, len(w.lists)-1)]
	case tag == "li" || block(tag):
		w.end()
	}
}

func block(tag string) bool {
	switch tag {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr":
		return true
	}
	return false
}

func (w *writer) text(text string) {
	if strings.TrimSpace(text) == "" && len(w.now.Runs) == 0 {
		return
	}
	w.now.Runs = append(w.now.Runs, Run{text, w.bold > 0, w.italic > 0, w.under > 0})
}

func (w *writer) end() {
	if len(w.now.Runs) > 0 {
		if w.now.Kind == "" {
			w.now.Kind = "paragraph"
		}
		w.blocks = append(w.blocks, w.now)
	}
	w.now = Block{}
}
