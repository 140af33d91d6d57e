package lightning

// What the console's pages read; sandbox/crm/lightning/page/src/wire.ts is the other side of it.

type bootstrapOut struct {
	CSRF             string             `json:"csrf"`
	User             userOut            `json:"user"`
	Organization     organizationOut    `json:"organization"`
	App              appOut             `json:"app"`
	VisualforceOrig  string             `json:"visualforceOrigin"`
	CallCenter       *callCenterOut     `json:"callCenter"` // null: the user is in none
	Tabs             map[string]string  `json:"tabs"`       // names of tabs to their Visualforce pages
	MessageChannels  []channelOut       `json:"messageChannels"`
	KindsByKeyPrefix map[string]kindOut `json:"kinds"`
}

// channelOut is a Lightning message channel, with what Visualforce pages call it.
type channelOut struct {
	Name  string `json:"name"`
	Token string `json:"token"`
}

type userOut struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
	Email    string `json:"email"`

	TimeZone   string `json:"timeZone"` // America/Los_Angeles
	Locale     string `json:"locale"`   // en_US
	ViewsSetup bool   `json:"viewsSetup"`
}

type organizationOut struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// appOut is the user's current app; without an id there is none that the user may open.
type appOut struct {
	ID         string       `json:"id"`
	Label      string       `json:"label"`
	Navigation []navItemOut `json:"navigation"`
	Utilities  []utilityOut `json:"utilities"`
}

// launcherOut is what the App Launcher offers.
type launcherOut struct {
	Apps  []launchedOut `json:"apps"`
	Items []navItemOut  `json:"items"`
}

type launchedOut struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Description string `json:"description"`
}

type openAppIn struct {
	ID string `json:"id"`
}

type navItemOut struct {
	Object   string `json:"object"` // Home, or an object's API name
	Label    string `json:"label"`
	Singular string `json:"singular"`
	Icon     string `json:"icon"`
}

// navigationOut is what the dialog for editing the navigation shows.
type navigationOut struct {
	Items     []navItemOut `json:"items"`
	Defaults  []navItemOut `json:"defaults"`
	Available []navItemOut `json:"available"`
}

// navigationIn names the objects in their order; none: the app's own items.
type navigationIn struct {
	Items []string `json:"items"`
}

// utilityOut is one item of the utility bar; sizes are pixels, 0 when the item asks for none.
type utilityOut struct {
	Component string `json:"component"`
	Label     string `json:"label"`
	Icon      string `json:"icon"`
	Height    int    `json:"height"`
	Width     int    `json:"width"`
	Eager     bool   `json:"eager"`
	// Background is what runs without being shown.
	Background bool `json:"background"`
	// Attributes are those of the component itself: what App Builder set of its design.
	Attributes map[string]string `json:"attributes"`
}

// callCenterOut is the user's call centre; Settings has keys as getCallCenterSettings publishes them.
type callCenterOut struct {
	Name       string            `json:"name"`
	AdapterURL string            `json:"adapterUrl"` // absolute
	StandbyURL string            `json:"standbyUrl"` // absolute; empty: nothing takes the adapter's place
	Timeout    int               `json:"timeout"`    // milliseconds that the adapter has to start
	Height     int               `json:"height"`
	Width      int               `json:"width"`
	Settings   map[string]string `json:"settings"`
}

type kindOut struct {
	Object string `json:"object"`
	Label  string `json:"label"`
	Plural string `json:"plural"`
	Icon   string `json:"icon"`
}

type objectOut struct {
	Name       string              `json:"name"`
	Label      string              `json:"label"`
	Plural     string              `json:"plural"`
	Icon       string              `json:"icon"`
	NameField  string              `json:"nameField"`
	Createable bool                `json:"createable"`
	Updateable bool                `json:"updateable"`
	Deletable  bool                `json:"deletable"`
	Fields     map[string]fieldOut `json:"fields"`
	Sections   []section           `json:"sections"`
	Highlights []string            `json:"highlights"`
}

type fieldOut struct {
	Name        string        `json:"name"`
	Label       string        `json:"label"`
	Type        string        `json:"type"`
	Length      int           `json:"length"`
	Required    bool          `json:"required"`
	Createable  bool          `json:"createable"`
	Updateable  bool          `json:"updateable"`
	Picklist    []picklistOut `json:"picklist"`
	ReferenceTo []string      `json:"referenceTo"`
	Filterable  bool          `json:"filterable"`
	Help        string        `json:"help"`
	Checked     bool          `json:"checked"` // a check box that is ticked on a new record
}

type picklistOut struct {
	Value   string `json:"value"`
	Label   string `json:"label"`
	Default bool   `json:"default"`
}

// section is a part of a record page: columns of field names.
type section struct {
	Label   string     `json:"label"`
	Columns [][]string `json:"columns"`
}

type rowOut struct {
	ID         string                  `json:"id"`
	Object     string                  `json:"object"`
	Name       string                  `json:"name"`
	Values     map[string]any          `json:"values"` // plain values as the REST API writes them
	References map[string]referenceOut `json:"references"`
}

type referenceOut struct {
	ID     string `json:"id"`
	Object string `json:"object"`
	Name   string `json:"name"`
}

type columnOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Type  string `json:"type"`
}

type viewOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// filterOut is one condition of a list view, with the operators of the Metadata API.
type filterOut struct {
	Field     string `json:"field"`
	Operation string `json:"operation"`
	Value     string `json:"value"` // several values of equals and contains are separated by commas
}

// definitionOut is a list view in the shape that the user sees.
type definitionOut struct {
	Label   string      `json:"label"`
	Scope   string      `json:"scope"`
	Filters []filterOut `json:"filters"`
	Columns []string    `json:"columns"`
}

type listOut struct {
	Object     string        `json:"object"`
	View       string        `json:"view"`
	Views      []viewOut     `json:"views"`
	Columns    []columnOut   `json:"columns"`
	Rows       []rowOut      `json:"rows"`
	More       bool          `json:"more"`
	Definition definitionOut `json:"definition"`
	Sort       sortOut       `json:"sort"`
}

// sortOut is the order in which a list came.
type sortOut struct {
	Field      string `json:"field"`
	Descending bool   `json:"descending"`
}

type savedViewOut struct {
	Name string `json:"name"`
}

type recordOut struct {
	Info         objectOut `json:"info"`
	Record       rowOut    `json:"record"`
	LastModified string    `json:"lastModified"`
}

type groupOut struct {
	Object  string      `json:"object"`
	Label   string      `json:"label"`
	Icon    string      `json:"icon"`
	Columns []columnOut `json:"columns"`
	Rows    []rowOut    `json:"rows"`
}

type groupsOut struct {
	Groups []groupOut `json:"groups"`
}

type relatedOut struct {
	Lists []relatedListOut `json:"lists"`
}

type relatedListOut struct {
	Object     string      `json:"object"`
	Field      string      `json:"field"`
	Label      string      `json:"label"`
	Icon       string      `json:"icon"`
	Createable bool        `json:"createable"`
	Columns    []columnOut `json:"columns"`
	Rows       []rowOut    `json:"rows"`
	More       bool        `json:"more"`
}

// saveIn is a form's values; LastModified is what the form was opened with, empty for a save that may overwrite.
type saveIn struct {
	Values       map[string]any `json:"values"`
	LastModified string         `json:"lastModified"`
}

type savedOut struct {
	ID     string `json:"id"`
	Object string `json:"object"`
	Name   string `json:"name"`
}

// matchesOut is what a softphone's search found, with what an inbound call's screen pop depends on.
type matchesOut struct {
	Matches  []matchOut        `json:"matches"`
	Settings screenPopSettings `json:"settings"`
}

type matchOut struct {
	ID     string         `json:"id"`
	Object string         `json:"object"`
	Name   string         `json:"name"`
	Fields map[string]any `json:"fields"`
}
