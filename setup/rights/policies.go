package rights

import (
	"encoding/xml"
	"errors"
	"regexp"
	"slices"
	"strings"
)

// Document is an IAM policy.
type Document struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Sid      string
	Effect   string
	Action   []string
	Resource []string
}

// AnyInstance stands for every instance of every account in the standard partition.
const AnyInstance = "arn:aws:connect:*:*:instance/*"

// ErrNoInstance means that something else was given for an instance's ARN.
var ErrNoInstance = errors.New("an instance's ARN looks like arn:aws:connect:REGION:ACCOUNT:instance/ID")

var instanceForm = regexp.MustCompile(`^(arn:[a-z-]+:connect:[a-z0-9*-]+:[0-9*]+):instance/([0-9a-f-]+|\*)$`)

// Policy allows the actions on one instance, named by its ARN, or on AnyInstance.
func Policy(instance string) (Document, error) {
	form := instanceForm.FindStringSubmatch(instance)
	if form == nil {
		return Document{}, ErrNoInstance
	}
	anywhere := Statement{Sid: "PatchcordFind", Effect: "Allow", Resource: []string{"*"}}
	there := Statement{
		Sid: "PatchcordSetUp", Effect: "Allow",
		// Agent statuses are below the instance; numbers belong to the account.
		Resource: []string{instance, instance + "/*", form[1] + ":phone-number/*"},
	}
	for _, a := range Actions {
		if a.Anywhere {
			anywhere.Action = append(anywhere.Action, a.Name)
		} else {
			there.Action = append(there.Action, a.Name)
		}
	}
	return Document{Version: "2012-10-17", Statement: []Statement{anywhere, there}}, nil
}

// The permission set's name, and its file in a Salesforce DX project.
const (
	SetName = "Patchcord_Setup"
	SetFile = "permissionsets/" + SetName + ".permissionset-meta.xml"
)

// PermissionSet is the source of a permission set with the permissions.
func PermissionSet() string {
	type permission struct {
		Enabled bool   `xml:"enabled"`
		Name    string `xml:"name"`
	}
	set := struct {
		XMLName     xml.Name     `xml:"http://soap.sforce.com/2006/04/metadata PermissionSet"`
		Description string       `xml:"description"`
		Label       string       `xml:"label"`
		System      []permission `xml:"userPermissions"`
	}{Description: "Runs patchcord setup.", Label: "Patchcord Set-up"}
	for _, p := range Permissions {
		set.System = append(set.System, permission{true, p.Name})
	}
	slices.SortFunc(set.System, func(a, b permission) int { return strings.Compare(a.Name, b.Name) })
	body, err := xml.MarshalIndent(set, "", "    ")
	if err != nil {
		panic(err) // only text and flags
	}
	return xml.Header + string(body) + "\n"
}
