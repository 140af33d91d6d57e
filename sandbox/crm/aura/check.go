package aura

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// World is what a bundle may refer to in its org.
type World struct {
	HasChannel func(name string) bool // AC_Desk__c
}

// Check compiles a bundle; its first problem is the answer.
func Check(b Bundle, w World) error {
	source, ok := b.file(markup)
	if !ok {
		return problemf(b.Name+markup, 1, 1, "The bundle has no file %s%s", b.Name, markup)
	}
	for _, name := range slices.Sorted(maps.Keys(b.Files)) {
		if suffix, own := strings.CutPrefix(name, b.Name); !own || !slices.Contains(suffixes, suffix) {
			return problemf(name, 1, 1, "%s is no file of the bundle %s", name, b.Name)
		}
	}
	root, err := parse(b.Name+markup, source)
	if err != nil {
		return err
	}
	c := &compiler{bundle: b, world: w, file: b.Name + markup, attributes: map[string]bool{"body": true},
		declared: map[string]bool{}}
	if err := c.root(root); err != nil {
		return err
	}
	for _, script := range []string{controller, helper, renderer} {
		if body, ok := b.file(script); ok {
			if _, err := expression(b.Name+script, body); err != nil {
				return err
			}
		}
	}
	_, err = readDesign(b, c.attributes)
	return err
}

type compiler struct {
	bundle     Bundle
	world      World
	file       string
	attributes map[string]bool // of the component, by name
	declared   map[string]bool // those that its own markup has
}

func (c *compiler) self() string { return "markup://c:" + c.bundle.Name }

func (c *compiler) root(root *Node) error {
	if root.Name != "aura:component" {
		return at(c.file, root, "The root of %s must be <aura:component>, not <%s>: Source", c.self(), root.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(root.Attributes)) {
		if !rootAttributes.has(name) {
			return at(c.file, root, "The attribute %q was not found on the COMPONENT markup://aura:component: Source", name)
		}
	}
	if apex := root.Attributes["controller"]; apex != "" {
		return at(c.file, root, "No CONTROLLER named apex://%s found : [%s]", apex, c.self())
	}
	if other := root.Attributes["extends"]; other != "" && other != "aura:component" {
		return at(c.file, root, "No COMPONENT named markup://%s found : [%s]", other, c.self())
	}
	for _, name := range implemented(root) {
		given, known := interfaces[name]
		if !known {
			return at(c.file, root, "No INTERFACE named markup://%s found : [%s]", name, c.self())
		}
		for _, attribute := range given {
			c.attributes[attribute] = true
		}
	}
	for _, n := range root.Children {
		if n.Name == "aura:attribute" {
			if err := c.attribute(n); err != nil {
				return err
			}
		}
	}
	return c.all(root)
}

// implemented are the names of a component's interfaces, as the platform writes them where it knows them.
func implemented(root *Node) []string {
	names := strings.FieldsFunc(root.Attributes["implements"], func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	for i, name := range names {
		for known := range interfaces {
			if strings.EqualFold(name, known) {
				names[i] = known
			}
		}
	}
	return names
}

func implements(root *Node, name string) bool { return slices.Contains(implemented(root), name) }

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func (c *compiler) attribute(n *Node) error {
	name, kind := n.Attributes["name"], n.Attributes["type"]
	switch {
	case name == "" || kind == "":
		return nil // all says so
	case !identifier.MatchString(name):
		return at(c.file, n, "Invalid attribute name %q: Source", name)
	case name == "body" || c.declared[name]: // what an interface gives may be declared again
		return at(c.file, n, "There is already an attribute named %q on component %s: Source", name, c.self())
	case !knownType(kind):
		return at(c.file, n, "Invalid <aura:attribute> type: %s: Source", kind)
	}
	c.attributes[name], c.declared[name] = true, true
	return nil
}

func (c *compiler) all(parent *Node) error {
	for _, n := range parent.Children {
		if err := c.node(parent, n); err != nil {
			return err
		}
		if err := c.all(n); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) node(parent, n *Node) error {
	if n.Name == "" {
		return c.expressions(n, n.Text)
	}
	known, isComponent := components[n.Name]
	switch {
	case n.Name == "script":
		return at(c.file, n, "script tags only allowed in templates: Source")
	case !isComponent && (strings.Contains(n.Name, ":") || !isHTML(n.Name)):
		return at(c.file, n, "No COMPONENT named markup://%s found : [%s]", n.Name, c.self())
	}
	for _, name := range slices.Sorted(maps.Keys(n.Attributes)) {
		value := n.Attributes[name]
		if isComponent && !known.has(name) {
			return at(c.file, n, "The attribute %q was not found on the COMPONENT markup://%s: Source", name, n.Name)
		}
		if strings.HasPrefix(name, "on") && !strings.HasPrefix(strings.TrimSpace(value), "{") {
			return at(c.file, n, "The attribute %q must be an expression: %s: Source", name, value)
		}
		if mixed(value) {
			return at(c.file, n, "Cannot mix expression and literal string in attribute value, try rewriting like {!'foo' + v.bar}: Source")
		}
		if err := c.expressions(n, value); err != nil {
			return err
		}
	}
	if name := known.lacks(n.Attributes); name != "" {
		return at(c.file, n, "COMPONENT markup://%s is missing required attribute '%s': Source", n.Name, name)
	}
	return c.placed(parent, n)
}

// placed checks what may stand only in some places, or refers to something.
func (c *compiler) placed(parent, n *Node) error {
	top := parent.Name == "aura:component"
	switch n.Name {
	case "aura:attribute", "aura:handler":
		if !top {
			return at(c.file, n, "<%s> must be an immediate child of aura:component: Source", n.Name)
		}
	case "aura:set":
		if parent.Name != "aura:if" || n.Attributes["attribute"] != "else" {
			return at(c.file, n, "<aura:set attribute=%q> has no place in <%s>: Source", n.Attributes["attribute"], parent.Name)
		}
	}
	if n.Name == "aura:handler" {
		return c.handler(n)
	}
	if n.Name != messageChannel {
		return nil
	}
	switch channel := n.Attributes["type"]; {
	case !top:
		return at(c.file, n, "lightning:messageChannel must be an immediate child of aura:component: Source")
	case c.world.HasChannel == nil || !c.world.HasChannel(channel):
		return at(c.file, n, "Invalid definition for lightning:messageChannel: no LightningMessageChannel named %s found: Source", channel)
	case n.Attributes["scope"] != "" && n.Attributes["scope"] != "APPLICATION":
		return at(c.file, n, "Invalid scope for lightning:messageChannel: %s; it is APPLICATION or left out: Source", n.Attributes["scope"])
	}
	return nil
}

func (c *compiler) handler(n *Node) error {
	name, event, value := n.Attributes["name"], n.Attributes["event"], n.Attributes["value"]
	switch {
	case event != "" && !slices.Contains(events, event):
		return at(c.file, n, "No EVENT named markup://%s found : [%s]", event, c.self())
	case event != "":
		return nil
	case name == "":
		return at(c.file, n, "A handler must have a name or an event: Source")
	case !slices.Contains(lifecycle, name):
		return at(c.file, n, "A handler must be for an event; %q is none: Source", name)
	case name == "change" && !strings.Contains(value, "v."), name != "change" && strings.ReplaceAll(value, " ", "") != "{!this}":
		return at(c.file, n, "The handler for %q needs a value: {!this}, or {!v.attribute} for change: Source", name)
	}
	return nil
}

// mixed says whether an attribute's value has an expression beside something else.
func mixed(value string) bool {
	value = strings.TrimSpace(value)
	inner := merged.FindString(value)
	return inner != "" && inner != value
}

var (
	merged  = regexp.MustCompile(`\{[!#]((?:'[^']*'|"[^"]*"|[^}])*)\}`)
	literal = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	named   = regexp.MustCompile(`(?:^|[^\w.$])v\.(\w+)`)
)

// expressions wants the attributes that expressions read to be there.
func (c *compiler) expressions(n *Node, text string) error {
	for _, m := range merged.FindAllStringSubmatch(text, -1) {
		for _, v := range named.FindAllStringSubmatch(literal.ReplaceAllString(m[1], "''"), -1) {
			if !c.attributes[v[1]] {
				return at(c.file, n, "The attribute %q was not found on the COMPONENT %s: Source", v[1], c.self())
			}
		}
	}
	return nil
}
