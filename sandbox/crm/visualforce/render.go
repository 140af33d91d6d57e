package visualforce

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"unicode"

	nethtml "golang.org/x/net/html"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// Problem is an error in a page, as its author reads it.
type Problem struct{ Text string }

// Error is the text.
func (p *Problem) Error() string { return p.Text }

// scope is what expressions may read.
type scope struct {
	parameters url.Values
	values     map[string]string // lower-case global such as $user.id
	resource   func(name, file string) (string, bool)
	setting    func(object, field string) (string, bool)
	accessible func(object string) (may, known bool) // whether the user may read an object's records
	channels   []crm.MessageChannel
	inConsole  bool // the page stands in the console and gets sforce.one
}

const maxTokens = 100_000

// render turns markup into a page. Components of the platform become HTML; every value is escaped.
func render(markup string, s scope) (string, error) {
	var head, body strings.Builder
	title := "Visualforce"
	if s.inConsole {
		head.WriteString(script(sforceScript, false))
	}
	tokens := nethtml.NewTokenizer(strings.NewReader(selfClosed.ReplaceAllString(markup, "<$1$2></$1>")))
	within := "" // the element whose text is not markup: script or style
	for n := 0; ; n++ {
		if n > maxTokens {
			return "", &Problem{"The page is too long."}
		}
		kind := tokens.Next()
		if kind == nethtml.ErrorToken {
			break
		}
		token := tokens.Token()
		if err := s.fill(&token, within); err != nil {
			return "", err
		}
		if within != "" && kind == nethtml.TextToken {
			body.WriteString(token.Data)
			continue
		}
		within = ""
		attribute := func(name string) string {
			for _, a := range token.Attr {
				if strings.EqualFold(a.Key, name) {
					return a.Val
				}
			}
			return ""
		}
		open := kind == nethtml.StartTagToken
		switch token.Data {
		case "apex:page":
			if open && attribute("title") != "" {
				title = attribute("title")
			}
		case "apex:includescript":
			if open {
				head.WriteString(script(attribute("value"), strings.EqualFold(attribute("loadonready"), "true")))
			}
		case "apex:stylesheet":
			if open {
				fmt.Fprintf(&head, "<link rel=\"stylesheet\" href=\"%s\">\n", html.EscapeString(attribute("value")))
			}
		case "apex:outputtext":
			if open {
				body.WriteString(html.EscapeString(attribute("value")))
			}
		default:
			if strings.HasPrefix(token.Data, "apex:") {
				return "", &Problem{"Unknown component " + token.Data}
			}
			body.WriteString(token.String())
			if kind == nethtml.StartTagToken && encoders[token.Data] != nil {
				within = token.Data
			}
		}
	}
	return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html.EscapeString(title) +
		"</title>\n" + head.String() + "</head>\n<body>\n" +
		strings.TrimSpace(body.String()) + "\n</body>\n</html>\n", nil
}

// readyScript adds the scripts that are to load on ready.
const readyScript = "/visualforce/load-on-ready.js"

// script includes one script. With loadOnReady the platform adds it to the DOM after the onload event, and promises no order
// among several. Source: Visualforce developer guide, apex:includeScript.
func script(address string, onReady bool) string {
	address = html.EscapeString(address)
	if onReady {
		return fmt.Sprintf("<script src=\"%s\" data-script=\"%s\"></script>\n", readyScript, address)
	}
	return fmt.Sprintf("<script src=\"%s\"></script>\n", address)
}

// selfClosed finds components, and elements of HTML with an end, that close themselves, which HTML does not know.
var selfClosed = regexp.MustCompile(`(?i)<(apex:\w+|a|button|div|i|iframe|p|script|select|span|style|table|td|textarea|ul)\b` +
	`((?:[^>"]|"[^"]*")*?)/>`)

// encoders write a value where HTML's escapes mean nothing: between the quotes of a script, and in a style sheet.
var encoders = map[string]func(string) string{"script": template.JSEscapeString, "style": cssEscape}

// cssEscape writes a value's letters and digits as they are, everything else by its number.
func cssEscape(value string) string {
	var out strings.Builder
	for _, r := range value {
		if r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\%x `, r)
		}
	}
	return out.String()
}

var expression = regexp.MustCompile(`\{!([^}]*)\}`)

// fill evaluates the expressions in a token's text and attributes, within an element such as script. Values are encoded for
// scripts and style sheets; writing the token escapes everything else.
func (s scope) fill(t *nethtml.Token, within string) error {
	var problem error
	evaluate := func(text string, encode func(string) string) string {
		return expression.ReplaceAllStringFunc(text, func(m string) string {
			value, err := s.eval(strings.TrimSpace(m[2 : len(m)-1]))
			if err != nil && problem == nil {
				problem = err
			}
			if encode != nil {
				return encode(value)
			}
			return value
		})
	}
	if t.Type == nethtml.TextToken {
		t.Data = evaluate(t.Data, encoders[within])
	}
	for i, a := range t.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"):
			t.Attr[i].Val = evaluate(a.Val, encoders["script"])
		case a.Key == "style":
			t.Attr[i].Val = evaluate(a.Val, encoders["style"])
		default:
			t.Attr[i].Val = evaluate(a.Val, nil)
		}
	}
	return problem
}

var call = regexp.MustCompile(`(?i)^(HTMLENCODE|JSENCODE|URLENCODE|URLFOR)\((.*)\)$`)

// eval evaluates one expression: a global, or a function of one.
func (s scope) eval(text string) (string, error) {
	if parts := call.FindStringSubmatch(text); parts != nil {
		if strings.EqualFold(parts[1], "URLFOR") {
			name, file, _ := strings.Cut(parts[2], ",")
			return s.global(strings.TrimSpace(name), strings.Trim(strings.TrimSpace(file), `'`))
		}
		value, err := s.eval(strings.TrimSpace(parts[2]))
		if strings.EqualFold(parts[1], "URLENCODE") {
			value = url.QueryEscape(value)
		}
		return value, err // HTMLENCODE and JSENCODE: whatever is written is escaped for where it stands
	}
	if strings.HasPrefix(text, "'") && strings.HasSuffix(text, "'") && len(text) > 1 {
		return text[1 : len(text)-1], nil
	}
	return s.global(text, "")
}

func (s scope) global(text, file string) (string, error) {
	steps := strings.Split(text, ".")
	switch strings.ToLower(steps[0]) {
	case "$resource":
		if at, ok := s.resource(strings.Join(steps[1:], "."), file); ok {
			return at, nil
		}
		return "", &Problem{"Static Resource named " + strings.Join(steps[1:], ".") + " does not exist. Check spelling."}
	case "$setup":
		if len(steps) == 3 {
			if value, ok := s.setting(steps[1], steps[2]); ok {
				return value, nil
			}
		}
	case "$objecttype":
		if len(steps) == 3 && strings.EqualFold(steps[2], "accessible") {
			if may, known := s.accessible(steps[1]); known {
				return strconv.FormatBool(may), nil
			}
		}
	case "$messagechannel":
		if token, ok := s.channel(strings.Join(steps[1:], ".")); ok {
			return token, nil
		}
		return "", &Problem{"Field " + text + " does not exist. Check spelling."}
	case "$currentpage":
		if len(steps) == 3 && strings.EqualFold(steps[1], "parameters") {
			return s.parameters.Get(steps[2]), nil
		}
	default:
		if value, ok := s.values[strings.ToLower(text)]; ok {
			return value, nil
		}
	}
	return "", &Problem{"Unknown property '" + text + "'"}
}
