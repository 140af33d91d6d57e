package setup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/rights"
)

// Site is the two platforms and the adapter, as found.
type Site struct {
	Platforms
	Instance amazonconnect.Instance
	Hosts    Hosts
	Adapter  Adapter
	Number   string // of the contact centre, E.164; "" if it has none or does not tell
	Record   *Record
}

// Adapter is what the running adapter says about itself.
type Adapter struct {
	ClientID    string `json:"client_id"`
	CallbackURL string `json:"callback_url"`
	Certificate string `json:"certificate"` // base64 of DER
	// PageOrigins are the origins of the pages that it lets connect.
	PageOrigins []string `json:"page_origins"`
}

// AdapterPath is where an adapter says it.
const AdapterPath = "/.well-known/patchcord.json"

// Ways are what signing in may need of the person and of the machine.
type Ways struct {
	// Browser shows an address to the person; nil if there is nobody.
	Browser func(address string)
	// Run runs a program and gives its output; nil runs none.
	Run func(ctx context.Context, name string, args ...string) ([]byte, error)
}

// Open signs in to both platforms, asks the adapter who it is, and finds the instance. Each error names the field to
// mend. kinds are the entries that its record may hold.
func Open(ctx context.Context, c config.File, kinds Kinds, ways Ways) (Site, error) {
	var s Site
	crm, err := SignIn(ctx, c, ways)
	if err != nil {
		return s, err
	}
	s.CRM = crm
	if s.Record, err = OpenRecord(c.StateFile(), crm.Session().OrgID, kinds); err != nil {
		return s, err
	}
	if err := s.Record.Fetch(ctx, s.CRM); err != nil {
		return s, explain(rights.SignIn, err)
	}
	if s.Adapter, err = AskAdapter(ctx, c.PublicURL); err != nil {
		return s, err
	}
	if err := s.openConnect(ctx, c); err != nil {
		return s, err
	}
	s.Hosts, err = Hosts{
		Lightning: c.Setup.Salesforce.LightningOrigin, Visualforce: c.Setup.Salesforce.VisualforceOrigin,
	}.Learn(ctx, s.CRM)
	return s, explain(rights.SignIn, err)
}

// SignIn signs in to the org alone, once its part of the file is right.
func SignIn(ctx context.Context, c config.File, ways Ways) (*salesforce.Client, error) {
	if err := c.CheckSetup(); err != nil {
		return nil, err
	}
	session, renew, err := signIn(ctx, c, ways)
	if err != nil {
		return nil, err
	}
	crm := salesforce.New(salesforce.Config{Session: session, Renew: renew})
	return crm, withoutNamespace(ctx, crm)
}

func (s *Site) openConnect(ctx context.Context, c config.File) error {
	centre := c.Setup.Connect
	var err error
	cfg := amazonconnect.Config{Region: centre.Region, Endpoint: centre.Endpoint, Profile: centre.Profile}
	if os.Getenv("AWS_ACCESS_KEY_ID") == "" {
		cfg.AccessKeyID, cfg.SecretAccessKey = centre.AccessKeyID, centre.SecretAccessKey
	}
	s.Connect, err = amazonconnect.New(ctx, cfg)
	if err != nil {
		return &config.Error{Field: "setup.amazon_connect.profile", Message: "the AWS credentials cannot be read", Err: err}
	}
	if s.Instance, err = s.Connect.InstanceByAlias(ctx, centre.Alias); err != nil {
		return connectError(err, centre)
	}
	numbers, err := s.Connect.Numbers(ctx, s.Instance.ARN)
	switch {
	case amazonconnect.ErrorCode(err) == accessDenied:
		return connectError(err, centre) // now, rather than after half of the work
	case err == nil && len(numbers) > 0:
		s.Number = numbers[0]
	}
	return nil // a number is only shown
}

const accessDenied = "AccessDeniedException"

// connectError names the field that the service's refusal points at.
func connectError(err error, centre config.Centre) error {
	field, message := "setup.amazon_connect", "the contact centre refused"
	switch code := amazonconnect.ErrorCode(err); {
	case errors.Is(err, amazonconnect.ErrNoInstance):
		field = "setup.amazon_connect.alias"
		message = fmt.Sprintf("no instance has the alias %s in the region %s (setup.amazon_connect.region)",
			centre.Alias, centre.Region)
	case code == "UnrecognizedClientException", code == "InvalidClientTokenId",
		code == "MissingAuthenticationTokenException":
		message = "AWS does not know the access key: check AWS_ACCESS_KEY_ID, or setup.amazon_connect.profile"
	case code == "ExpiredTokenException":
		message = "the AWS session has expired: sign in again, for example with aws sso login"
	case code == "InvalidSignatureException" && strings.Contains(err.Error(), "region"):
		field, message = "setup.amazon_connect.region", "the service does not serve the region "+centre.Region
	case code == "InvalidSignatureException":
		message = "the AWS secret access key does not fit the access key, or this machine's clock is wrong"
	case code == accessDenied:
		message = lackingAction(err)
	case code == "ThrottlingException", code == "TooManyRequestsException":
		message = "the account's request rate is used up by others: try again later"
	case code == "" && strings.Contains(err.Error(), "credentials"):
		message = "no AWS credentials found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, " +
			"or name a profile in setup.amazon_connect.profile"
	case code == "":
		field, message = "setup.amazon_connect.region", "the API of "+centre.Region+" does not answer"
		if centre.Endpoint != "" {
			field, message = "setup.amazon_connect.endpoint", centre.Endpoint+" does not answer"
		}
	}
	return &config.Error{Field: field, Message: message, Err: err}
}

// lackingAction names the action that the AWS user may not do, and who needs it.
func lackingAction(err error) string {
	const all = ": patchcord setup rights prints the IAM policy"
	operation := amazonconnect.Operation(err)
	a, ours := rights.Lacking(operation, err.Error())
	switch {
	case ours:
		return "the AWS user lacks " + a.Name + ", which " + strconv.Quote(strings.Join(a.By, ", ")) + " needs (" + a.For + ")" + all
	case operation != "":
		return "the AWS user lacks " + a.Name + all
	}
	var names []string
	for _, a := range rights.Actions {
		names = append(names, a.Name)
	}
	return "the AWS user lacks a right: it needs " + strings.Join(names, ", ") + all
}

// AskAdapter asks the running adapter who it is.
func AskAdapter(ctx context.Context, origin string) (Adapter, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	refuse := func(err error) (Adapter, error) {
		return Adapter{}, &config.Error{
			Field:   "public_url",
			Message: "no adapter answers at " + origin + ": start it first, with patchcord serve", Err: err,
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, origin+AdapterPath, nil)
	if err != nil {
		return refuse(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return refuse(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil || resp.StatusCode != http.StatusOK {
		return refuse(fmt.Errorf("status %d", resp.StatusCode))
	}
	var a Adapter
	if err := json.Unmarshal(body, &a); err != nil || a.ClientID == "" || a.Certificate == "" || a.CallbackURL == "" {
		return refuse(errors.New("what answers is no adapter"))
	}
	return a, nil
}

// signIn opens the administrator's session in the configured way; renew is nil where a person would be needed again.
func signIn(ctx context.Context, c config.File, ways Ways) (
	session salesforce.Session, renew func(context.Context) (salesforce.Session, error), err error,
) {
	a, login := c.Setup.Salesforce, c.Salesforce.LoginURL
	switch {
	case a.CLI != "":
		renew = func(ctx context.Context) (salesforce.Session, error) { return cliSession(ctx, a.CLI, ways) }
	case a.Web:
		session, err = webSession(ctx, login, a.ClientID, ways)
		return session, nil, orgError(err, "setup.salesforce.web", login)
	case a.KeyFile != "":
		key, err := salesforce.ReadKey(a.KeyFile)
		if err != nil {
			return session, nil, &config.Error{Field: "setup.salesforce.key_file", Message: "no RSA key in PEM", Err: err}
		}
		renew = func(ctx context.Context) (salesforce.Session, error) {
			grant, err := salesforce.App{LoginURL: login, ClientID: a.ClientID, Key: key}.JWT(ctx, a.Username)
			return grant.Session, orgError(err, "setup.salesforce", login)
		}
	default:
		renew = func(ctx context.Context) (salesforce.Session, error) {
			s, err := salesforce.LoginSOAP(ctx, login, a.Username, secret.String(a.Password))
			return s, orgError(err, "setup.salesforce.password", login)
		}
	}
	session, err = renew(ctx)
	return session, renew, err
}

// orgError names the field that the org's refusal points at.
func orgError(err error, field, login string) error {
	if _, said := errors.AsType[*config.Error](err); said {
		return err
	}
	failed, ok := errors.AsType[*salesforce.Error](err)
	message := ""
	switch {
	case err == nil:
		return nil
	case !ok:
		field, message = "salesforce.login_url", login+" does not answer as an org"
	case failed.Code == "INVALID_LOGIN":
		message = "the org refused user name and password " +
			"(the user may be locked out, or the org may want a security token behind the password)"
	case failed.Code == "invalid_client_id":
		field, message = "setup.salesforce.client_id", "the org knows no app with this consumer key"
	case failed.Code == "invalid_grant", failed.Code == "invalid_app_access":
		message = "the org did not let the user in: " + failed.Message
	default:
		message = "the org refused the sign-in"
	}
	return &config.Error{Field: field, Message: message, Err: err}
}

// explain names the field that a refusal in the middle of the work points at: the administrator's rights, or the end
// of a session. place is the step, or the check, that was refused.
func explain(place string, err error) error {
	if _, said := errors.AsType[*config.Error](err); said {
		return err
	}
	switch {
	case errors.Is(err, salesforce.ErrExpired), salesforce.IsCode(err, "INVALID_SESSION_ID"):
		return &config.Error{
			Field:   "setup.salesforce",
			Message: "the Salesforce session is over: sign in again and run it once more, it goes on where it stopped",
			Err:     err,
		}
	case salesforce.NoAPI(err):
		return lackingPermission(place, rights.Disabled, err)
	case errors.Is(err, org.ErrHidden):
		return lackingPermission(place, rights.Hidden, err)
	case salesforce.IsCode(err, "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY",
		"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "FORBIDDEN"):
		return lackingPermission(place, rights.Insufficient, err)
	case salesforce.IsCode(err, "REQUEST_LIMIT_EXCEEDED"):
		return &config.Error{
			Field:   "setup.salesforce",
			Message: "the org has used up its API requests: run it again later, it goes on where it stopped",
			Err:     err,
		}
	case slices.Contains([]string{
		accessDenied, "ExpiredTokenException", "ThrottlingException", "TooManyRequestsException",
	}, amazonconnect.ErrorCode(err)):
		return connectError(err, config.Centre{})
	}
	return err
}

func lackingPermission(place string, how rights.Refusal, err error) error {
	return &config.Error{
		Field: "setup.salesforce",
		Message: "the user lacks a right: " + strconv.Quote(place) + " needs " + rights.LackingOrg(place, how) +
			"; patchcord setup rights prints a permission set",
		Err: err,
	}
}
