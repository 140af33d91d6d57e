// Package amazonconnect is the client of the contact centre's public API, with the account's request rate in mind.
//
// Read first: Client, New, Instance. It speaks SigV4 through the AWS SDK and knows nothing of agents' browsers or of the CRM.
package amazonconnect

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// Config says which account, region and service to talk to.
type Config struct {
	Region   string
	Endpoint string // "" is the region's own; a URL otherwise
	// AccessKeyID and SecretAccessKey are used when given; else the SDK's default chain (environment, profile, role).
	AccessKeyID     string
	SecretAccessKey secret.String
	Profile         string // a named profile of the default chain; "" is the default one
	// Pace is shared by all clients of the account; nil is one of this client's own, at the service's default.
	Pace *Pace
	// Once lets each request be sent once only: for who would rather hear at once that nobody answers.
	Once bool
	// Unlimited drops the client's own rate limit; for services without that quota.
	Unlimited bool
}

// Client calls the public API no faster than the account allows. It is safe for concurrent use.
type Client struct {
	api *connect.Client
}

// New reads credentials; it sends nothing.
func New(ctx context.Context, cfg Config) (*Client, error) {
	if cfg.Region == "" {
		return nil, errors.New("amazon connect: no region given")
	}
	tries := attempts
	if cfg.Once {
		tries = 1
	}
	options := []func(*config.LoadOptions) error{config.WithRegion(cfg.Region),
		config.WithRetryer(func() aws.Retryer { return newPatience(tries) })}
	if cfg.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(cfg.Profile))
	}
	if cfg.AccessKeyID != "" {
		given := credentials.NewStaticCredentialsProvider(cfg.AccessKeyID, cfg.SecretAccessKey.Expose(), "")
		options = append(options, config.WithCredentialsProvider(given))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("amazon connect credentials: %w", err)
	}
	pace := cfg.Pace
	switch {
	case cfg.Unlimited:
		pace = unlimited()
	case pace == nil:
		pace = NewPace(0, 0, clock.System{})
	}
	return &Client{connect.NewFromConfig(loaded, func(o *connect.Options) {
		o.APIOptions = append(o.APIOptions, pace.intoStack)
		if cfg.Endpoint != "" {
			o.BaseEndpoint = aws.String(cfg.Endpoint)
		}
	})}, nil
}

// Instance is a contact centre.
type Instance struct {
	ID, ARN, Alias string
	AccessURL      string // origin of what an agent's browser opens
}

// ErrNoInstance means that no instance of this account and region has the alias.
var ErrNoInstance = errors.New("no such instance")

// InstanceByAlias finds an instance; ErrNoInstance, with the aliases that there are, if the region has none of that alias.
func (c *Client) InstanceByAlias(ctx context.Context, alias string) (Instance, error) {
	var others []string
	pages := connect.NewListInstancesPaginator(c.api, &connect.ListInstancesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return Instance{}, fmt.Errorf("list instances: %w", err)
		}
		for _, found := range page.InstanceSummaryList {
			if aws.ToString(found.InstanceAlias) == alias {
				return Instance{
					ID: aws.ToString(found.Id), ARN: aws.ToString(found.Arn),
					Alias: alias, AccessURL: origin(aws.ToString(found.InstanceAccessUrl)),
				}, nil
			}
			others = append(others, aws.ToString(found.InstanceAlias))
		}
	}
	if len(others) == 0 {
		return Instance{}, fmt.Errorf("instance %q: %w: this account has none at all in the region", alias, ErrNoInstance)
	}
	return Instance{}, fmt.Errorf("instance %q: %w: the region has %s", alias, ErrNoInstance, strings.Join(others, ", "))
}

// origin is an address up to its host: an instance at awsapps.com may come with the path of its console.
func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Scheme + "://" + u.Host
}

// ApprovedOrigins lists the origins that may frame the instance's CCP.
func (c *Client) ApprovedOrigins(ctx context.Context, instanceID string) ([]string, error) {
	var origins []string
	pages := connect.NewListApprovedOriginsPaginator(c.api, &connect.ListApprovedOriginsInput{InstanceId: &instanceID})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list approved origins: %w", err)
		}
		origins = append(origins, page.Origins...)
	}
	return origins, nil
}

// ApproveOrigin lets an origin (scheme, host, port) frame the CCP. Approving it again changes nothing.
func (c *Client) ApproveOrigin(ctx context.Context, instanceID, origin string) error {
	_, err := c.api.AssociateApprovedOrigin(ctx, &connect.AssociateApprovedOriginInput{InstanceId: &instanceID, Origin: &origin})
	if _, already := errors.AsType[*types.ResourceConflictException](err); already {
		return nil
	}
	if err != nil {
		return fmt.Errorf("approve origin %s: %w", origin, err)
	}
	return nil
}

// DisapproveOrigin takes an approval back. One that is gone already changes nothing.
func (c *Client) DisapproveOrigin(ctx context.Context, instanceID, origin string) error {
	_, err := c.api.DisassociateApprovedOrigin(ctx, &connect.DisassociateApprovedOriginInput{InstanceId: &instanceID, Origin: &origin})
	if _, gone := errors.AsType[*types.ResourceNotFoundException](err); err != nil && !gone {
		return fmt.Errorf("disapprove origin %s: %w", origin, err)
	}
	return nil
}
