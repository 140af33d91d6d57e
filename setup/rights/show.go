package rights

import (
	"encoding/json"
	"fmt"
	"io"
)

// list is everything, as programs read it.
type list struct {
	Policy Document `json:"iam_policy"`
	Set    struct {
		Name   string `json:"name"`
		File   string `json:"file"` // in a Salesforce DX project, below its main/default
		Source string `json:"source"`
	} `json:"permission_set"`
	Setup struct {
		AWS        []string `json:"aws"`
		Salesforce []string `json:"salesforce"`
		Sets       []string `json:"permission_sets"` // of the package; apply gives them
	} `json:"setup"`
	IntegrationUser struct {
		Sets []string `json:"permission_sets"`
	} `json:"integration_user"`
	Agents struct {
		Sets     []string `json:"permission_sets"` // one of them
		Profiles []string `json:"security_profiles"`
	} `json:"agents"`
}

// JSON writes the rights for programs.
func JSON(w io.Writer, instance string) error {
	policy, err := Policy(instance)
	if err != nil {
		return err
	}
	l := list{Policy: policy}
	l.Set.Name, l.Set.File, l.Set.Source = SetName, SetFile, PermissionSet()
	for _, a := range Actions {
		l.Setup.AWS = append(l.Setup.AWS, a.Name)
	}
	for _, p := range Permissions {
		l.Setup.Salesforce = append(l.Setup.Salesforce, p.Name)
	}
	l.Setup.Sets, l.IntegrationUser.Sets = []string{RecordSet}, []string{IntegrationSet}
	l.Agents.Sets, l.Agents.Profiles = []string{"AC_Agent", "AC_Manager"}, []string{"Agent"}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(l)
}

// Text writes them for people.
func Text(w io.Writer, instance string) error {
	policy, err := Policy(instance)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(policy, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "IAM policy of the AWS user that runs set-up:\n\n%s\n\n"+
		"Permission set of the Salesforce user that runs set-up, %s:\n\n%s\n"+
		"Integration user: %s.\nAgents, Salesforce: %s.\nAgents, Amazon Connect: %s.\n",
		body, SetFile, PermissionSet(), integrationUser, agentsOrg, agentsCentre)
	return err
}
