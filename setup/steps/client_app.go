package steps

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// clientApp is what an org has of the app: its parts, under the names that they have there.
type clientApp map[sfdx.AppPart]appPart

type appPart struct {
	name string
	file org.Document
}

func (a clientApp) has(part sfdx.AppPart) bool { return a[part].file != "" }

// name is what a part is called in the org, or what we call it. The org makes policies for an app that comes without,
// and refuses a second set under another name.
func (a clientApp) name(part sfdx.AppPart) string {
	if has := a[part]; has.name != "" {
		return has.name
	}
	return part.Name
}

// text is what a part says in an element; "" for nothing.
func (a clientApp) text(part sfdx.AppPart, element string) (string, error) {
	return rootText(a[part].file, element)
}

func rootText(d org.Document, element string) (string, error) {
	if d == "" {
		return "", nil
	}
	root, err := d.Root()
	if err != nil {
		return "", err
	}
	found, err := d.Below(root, element)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return d.Text(found[0]), nil
}

// key is the app's consumer key; "" if the org does not tell.
func (a clientApp) key() string {
	key, _ := a.text(sfdx.AppGlobal, "consumerKey")
	return key
}

// readClientApp finds the app's parts. salesforce.ErrNoRetrieve if nothing can be read.
func readClientApp(ctx context.Context, p setup.Platforms) (clientApp, error) {
	members, err := appMembers(ctx, p)
	if err != nil {
		return nil, err
	}
	files, err := p.CRM.Retrieve(ctx, members...)
	if err != nil {
		return nil, err
	}
	got := clientApp{}
	for _, part := range sfdx.AppParts() {
		for _, m := range members {
			d := org.Document(files[part.File(m.Name)])
			if m.Type != part.Type || d == "" {
				continue
			}
			of := m.Name
			if part != sfdx.AppHeader {
				if of, err = rootText(d, "externalClientApplication"); err != nil {
					return nil, err
				}
			}
			if of == sfdx.AppName {
				got[part] = appPart{m.Name, d}
			}
		}
	}
	return got, nil
}

// appMembers are the components that may be parts of the app: ours, and those of each kind that the org lists, whatever
// they are called. An org that does not list them is asked for ours.
func appMembers(ctx context.Context, p setup.Platforms) ([]salesforce.Member, error) {
	var all []salesforce.Member
	var kinds []string
	for _, part := range sfdx.AppParts() {
		all = append(all, salesforce.Member{Type: part.Type, Name: part.Name})
		if part != sfdx.AppHeader {
			kinds = append(kinds, part.Type)
		}
	}
	listed, err := p.CRM.ListMetadata(ctx, kinds...)
	if salesforce.IsCode(err, "INVALID_TYPE", "INSUFFICIENT_ACCESS") {
		return all, nil
	}
	for _, m := range listed {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all, err
}

// fixedElements are the elements of the app's parts that have to be as we write them. Others are an administrator's to
// choose. An org may leave out what is as it takes it to be: missing says what that is, "" for what we want.
var fixedElements = []struct {
	part                   sfdx.AppPart
	element, what, missing string
}{
	{sfdx.AppHeader, "distributionState", "distribution", ""},
	{sfdx.AppHeader, "label", "label", ""},
	{sfdx.AppGlobal, "callbackUrl", "callback URL", "(empty)"},
	{sfdx.AppGlobal, "isConsumerSecretOptional", "sign-in without a secret", "false"},
	{sfdx.AppGlobal, "isPkceRequired", "PKCE required", ""},
	{sfdx.AppGlobal, "isSecretRequiredForRefreshToken", "secret required for refresh tokens", "true"},
	{sfdx.AppGlobal, "isRefreshTokenRotationEnabled", "rotation of refresh tokens", "false"},
	{sfdx.AppPolicies, "permittedUsersPolicyType", "permitted users", "AllSelfAuthorized"},
}

// differences are what is not as it should be, in the order of the parts.
func (a clientApp) differences(s OAuthApp) ([]difference, error) {
	var all []difference
	for _, part := range sfdx.AppParts() {
		if !a.has(part) {
			all = append(all, difference{part: part, what: part.Type, new: "as the adapter needs it"})
			continue
		}
		body, err := s.app().Part(part)
		if err != nil {
			return nil, err
		}
		for _, f := range fixedElements {
			if f.part != part {
				continue
			}
			want, err := rootText(org.Document(body), f.element)
			if err != nil {
				return nil, err
			}
			have, err := a.text(part, f.element)
			if err != nil {
				return nil, err
			}
			if have == "" {
				have = cmp.Or(f.missing, want)
			}
			if have != want {
				all = append(all, difference{part, f.what, have, want})
			}
		}
		special, err := a.special(part, org.Document(body))
		if err != nil {
			return nil, err
		}
		all = append(all, special...)
	}
	return all, nil
}

// special compares what is more than one text: a certificate, and lists that may have more in them than ours.
func (a clientApp) special(part sfdx.AppPart, wanted org.Document) ([]difference, error) {
	var element, what string
	switch part {
	case sfdx.AppGlobal:
		have, err := a.text(part, "certificate")
		if err != nil {
			return nil, err
		}
		want, err := rootText(wanted, "certificate")
		if err != nil || have == "" || bare(have) == bare(want) {
			return nil, err
		}
		return []difference{{part, "certificate", "another one", "the adapter's"}}, nil
	case sfdx.AppSettings:
		element, what = "commaSeparatedOauthScopes", "scopes"
	case sfdx.AppPolicies:
		element, what = "commaSeparatedPermissionSet", "permission sets"
	default:
		return nil, nil
	}
	have, err := a.text(part, element)
	if err != nil {
		return nil, err
	}
	want, err := rootText(wanted, element)
	if err != nil || hasAll(have, want) {
		return nil, err
	}
	return []difference{{part, what, setup.OrEmpty(have), want}}, nil
}

// hasAll says whether a list with commas has all of another. An org may name permission sets by id, which nobody can
// compare with a name: then the rows that connect them with the app decide.
func hasAll(have, want string) bool {
	list := words(have)
	if slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(w, "0PS") }) {
		return true
	}
	for _, w := range words(want) {
		if !slices.Contains(list, w) {
			return false
		}
	}
	return true
}

func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
}

// wanted is the content of a part: as the org has it where it is right, with our values in it where it is not. Global
// settings are always ours, and keep the org's key.
func (a clientApp) wanted(part sfdx.AppPart, app sfdx.OAuthApp, changed bool) ([]byte, error) {
	if key := a.key(); key != "" {
		app.ClientID = key
	}
	body, err := app.Part(part)
	if err != nil || part == sfdx.AppGlobal || !a.has(part) {
		return body, err
	}
	d := a[part].file
	if !changed {
		return []byte(d), nil
	}
	root, err := org.Document(body).Root()
	if err != nil {
		return nil, err
	}
	ours, err := org.Document(body).Children(root.From, root.To)
	if err != nil {
		return nil, err
	}
	behind := []string{}
	for _, e := range ours {
		value := org.Document(body).Text(e)
		if strings.HasPrefix(e.Name, "commaSeparated") { // what others put in stays
			have, err := a.text(part, e.Name)
			if err != nil {
				return nil, err
			}
			value = together(have, value)
		}
		if !slices.Contains(choosable, e.Name) {
			if d, err = d.SetChild(e.Name, value, behind...); err != nil {
				return nil, err
			}
		}
		behind = append([]string{e.Name}, behind...)
	}
	return []byte(d), nil
}

// together is a list with commas that has what both have.
func together(have, ours string) string {
	all := words(have)
	for _, w := range words(ours) {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return strings.Join(all, ", ")
}

// choosable are the elements of ours that an administrator may have chosen otherwise.
var choosable = []string{
	"contactEmail", "description", "ipRelaxationPolicyType", "refreshTokenPolicyType", "requiredSessionLevel",
}

// assignToSelf gives whoever deploys the permission sets that the app's policies name: some orgs refuse the policies
// until then. Nothing where something else was refused, or where they have them all.
func assignToSelf(
	ctx context.Context, p setup.Platforms, failed *salesforce.DeployError,
) ([]setup.Change, error) {
	for _, f := range failed.Failures {
		if f.Type != sfdx.AppPolicies.Type {
			return nil, nil
		}
	}
	id, err := p.CRM.Self(ctx)
	if err != nil {
		return nil, err
	}
	self, err := salesforce.Query[user](ctx, p.CRM, "SELECT Id, Username, IsActive FROM User WHERE "+org.Equals("Id", id))
	if err != nil || len(self) == 0 {
		return nil, err
	}
	var changes []setup.Change
	for _, set := range appSets() {
		c, err := assignment{
			username: self[0].Username, set: set, field: "setup.salesforce",
			why: "the org lets only a user who has the set name it in the policies of an app",
		}.plan(ctx, p)
		if err != nil {
			return nil, err
		}
		if c.Action == setup.Create {
			changes = append(changes, c)
		}
	}
	return changes, nil
}
