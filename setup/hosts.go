package setup

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
)

// Hosts are the origins of the org's pages. They are learnt from the org: their names follow no rule.
type Hosts struct {
	Lightning   string
	Visualforce string // "" while the org has no page of ours
}

// SoftphonePage is the path of the page that agents' panels show.
const SoftphonePage = "/apex/AC_LightningAdapter"

// Learn asks the org where its pages are; what the configuration names is taken as it is.
func (h Hosts) Learn(ctx context.Context, crm *salesforce.Client) (Hosts, error) {
	var err error
	if h.Lightning == "" {
		if h.Lightning, err = crm.Landing(ctx, "/lightning/page/home"); err != nil {
			return h, unlearnt("lightning_origin", "console", err)
		}
	}
	if h.Visualforce != "" {
		return h, nil
	}
	page, err := org.Find(ctx, crm, "ApexPage", org.Equals("Name", "AC_LightningAdapter"))
	if err != nil || page == "" {
		return h, err
	}
	if h.Visualforce, err = crm.Landing(ctx, SoftphonePage); err != nil {
		return h, unlearnt("visualforce_origin", "page AC_LightningAdapter", err)
	}
	return h, nil
}

func unlearnt(field, page string, err error) error {
	if salesforce.IsCode(err, "INVALID_SESSION_ID") || errors.Is(err, salesforce.ErrExpired) {
		return err
	}
	return &config.Error{
		Field: "setup.salesforce." + field,
		Message: "the org did not say where its " + page + " is: " +
			"open it in a browser and write its address here, up to the host",
		Err: err,
	}
}
