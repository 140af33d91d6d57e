import { useId, useState } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';
import type { Image } from './app-wire.ts';

const types = ['image/png', 'image/jpeg', 'image/gif', 'image/bmp'];
const most = 5 << 20; // bytes

/** Where the app's image is shown from: what was just chosen, or what is saved; empty for none. Browsers look at the content, not at the type. */
export function imageAddress(logo: string, image: Image | null): string {
  if (image) return `data:image/png;base64,${image.data}`;
  return logo === '' ? '' : `/file-asset/${encodeURIComponent(logo)}`;
}

/** Chooses, shows and clears the image of an app. */
export function AppImage({
  logo,
  image,
  error,
  onChange,
}: {
  logo: string;
  image: Image | null;
  error: string | undefined;
  /** null: no image at all. */
  onChange(image: Image | null): void;
}) {
  const id = useId();
  const [refused, setRefused] = useState('');
  const name = image?.fileName ?? logo;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    if (!types.includes(file.type)) return setRefused('Choose a JPG, PNG, BMP, or GIF file.');
    if (file.size > most) return setRefused('Choose a file of 5 MB at most.');
    setRefused('');
    onChange({ fileName: file.name, data: await base64(file) });
  };
  const problem = refused || error;
  return (
    <div className={`slds-form-element slds-m-bottom_small ${problem ? 'slds-has-error' : ''}`}>
      <span className="slds-form-element__label" id={`${id}-label`}>
        Image
      </span>
      <div className="slds-form-element__control pc-image">
        <div className="slds-file-selector slds-file-selector_files">
          <div className="slds-file-selector__dropzone pc-image-choose">
            <input
              id={id}
              type="file"
              className="slds-file-selector__input slds-assistive-text"
              accept={types.join(',')}
              aria-labelledby={`${id}-label ${id}-upload`}
              aria-describedby={`${id}-help`}
              onChange={(e) => void choose(e.currentTarget.files?.[0])}
            />
            <label className="slds-file-selector__body" htmlFor={id} id={`${id}-upload`}>
              <span className="slds-file-selector__button slds-button slds-button_neutral">
                <UtilityIcon name="upload" className="slds-button__icon slds-button__icon_left" />
                Upload
              </span>
            </label>
          </div>
        </div>
        {name !== '' && (
          <>
            <span className="slds-truncate" title={name}>
              {name}
            </span>
            <button type="button" className="slds-button" onClick={() => onChange(null)}>
              Clear Image
            </button>
          </>
        )}
      </div>
      <div id={`${id}-help`} className="slds-form-element__help">
        {problem || 'JPG, PNG, BMP, or GIF; 128 by 128 pixels look best'}
      </div>
    </div>
  );
}

const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
