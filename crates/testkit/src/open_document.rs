//! OpenDocument files, in packages and in one XML file.

use crate::zip::{Archive, Member};

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    media_type: String,
    content: String,
    scripts: String,
    parts: Vec<(String, Vec<u8>)>,
    manifest: String,
    libraries: Vec<(String, bool)>,
    modules: Vec<(String, String, String)>,
}

impl Document {
    /// A document of a kind: `text`, `spreadsheet`, `presentation`.
    #[must_use]
    pub fn new(kind: &str) -> Self {
        Self {
            media_type: format!("application/vnd.oasis.opendocument.{kind}"),
            content: "<text:p>INERT TEST DOCUMENT</text:p>".to_owned(),
            scripts: String::new(),
            parts: Vec::new(),
            manifest: String::new(),
            libraries: Vec::new(),
            modules: Vec::new(),
        }
    }

    /// Another media type.
    #[must_use]
    pub fn media_type(mut self, media_type: &str) -> Self {
        media_type.clone_into(&mut self.media_type);
        self
    }

    /// A module of Basic.
    #[must_use]
    pub fn module(mut self, library: &str, name: &str, text: &str) -> Self {
        if !self.libraries.iter().any(|(known, _)| known == library) {
            self.libraries.push((library.to_owned(), false));
        }
        self.modules
            .push((library.to_owned(), name.to_owned(), text.to_owned()));
        self
    }

    /// A library under a password, without its text.
    #[must_use]
    pub fn locked(mut self, library: &str) -> Self {
        self.libraries.push((library.to_owned(), true));
        self
    }

    /// An event of the document, and what listens to it.
    #[must_use]
    pub fn event(mut self, event: &str, address: &str) -> Self {
        self.scripts.push_str(&format!(
            "<script:event-listener script:language=\"ooo:script\" script:event-name=\"{event}\" \
             xlink:href=\"{}\" xlink:type=\"simple\"/>",
            escaped(address)
        ));
        self
    }

    /// Markup in the body.
    #[must_use]
    pub fn body(mut self, markup: &str) -> Self {
        self.content.push_str(markup);
        self
    }

    /// Any part.
    #[must_use]
    pub fn part(mut self, name: &str, data: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), data.into()));
        self
    }

    /// A file in the body, in base64, as documents in one file have it.
    #[must_use]
    pub fn embedded(self, data: &[u8]) -> Self {
        let base64 = crate::bytes::base64(data);
        self.body(&format!(
            "<draw:object-ole><office:binary-data>\n{base64}\n</office:binary-data></draw:object-ole>"
        ))
    }

    /// A part that is encrypted, as the manifest says.
    #[must_use]
    pub fn encrypted(mut self, name: &str, data: impl Into<Vec<u8>>) -> Self {
        self.manifest.push_str(&format!(
            "<manifest:file-entry manifest:full-path=\"{name}\"><manifest:encryption-data>\
             <manifest:algorithm manifest:algorithm-name=\
             \"http://www.w3.org/2001/04/xmlenc#aes256-cbc\"/></manifest:encryption-data>\
             </manifest:file-entry>"
        ));
        self.part(name, data)
    }

    fn content(&self, inside: &str) -> String {
        let events = if self.scripts.is_empty() {
            String::new()
        } else {
            format!(
                "<office:event-listeners>{}</office:event-listeners>",
                self.scripts
            )
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document{} \
             xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
             xmlns:script=\"urn:oasis:names:tc:opendocument:xmlns:script:1.0\" \
             xmlns:ooo=\"http://openoffice.org/2004/office\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\">\
             <office:scripts>{inside}{events}</office:scripts><office:body><office:text>{}\
             </office:text></office:body></office:document{0}>",
            if inside.is_empty() { "-content" } else { "" },
            self.content,
        )
    }

    /// A package.
    #[must_use]
    pub fn build(&self) -> Vec<u8> {
        let mut archive = Archive::new()
            .member(Member::stored("mimetype", self.media_type.as_bytes()))
            .member(Member::new("content.xml", self.content("").as_bytes()));
        for (library, locked) in &self.libraries {
            let list = format!(
                "<?xml version=\"1.0\"?><library:library library:name=\"{library}\" \
                 library:readonly=\"false\" library:passwordprotected=\"{locked}\"/>"
            );
            archive = archive.member(Member::new(
                &format!("Basic/{library}/script-lb.xml"),
                list.as_bytes(),
            ));
        }
        for (library, name, text) in &self.modules {
            let module = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE script:module PUBLIC \
                 \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n\
                 <script:module xmlns:script=\"http://openoffice.org/2000/script\" \
                 script:name=\"{name}\" script:language=\"StarBasic\">{}</script:module>",
                escaped(text)
            );
            archive = archive.member(Member::new(
                &format!("Basic/{library}/{name}.xml"),
                module.as_bytes(),
            ));
        }
        for (name, data) in &self.parts {
            archive = archive.member(Member::new(name, data.clone()));
        }
        let manifest = format!(
            "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\
             \"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
             <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{}\"/>{}\
             </manifest:manifest>",
            self.media_type, self.manifest
        );
        archive
            .member(Member::new("META-INF/manifest.xml", manifest.as_bytes()))
            .build()
    }

    /// One XML file.
    #[must_use]
    pub fn flat(&self) -> Vec<u8> {
        let mut libraries =
            String::from("<office:script script:language=\"ooo:Basic\"><ooo:libraries>");
        for (library, locked) in &self.libraries {
            libraries.push_str(&format!(
                "<ooo:library-embedded ooo:name=\"{library}\" ooo:passwordprotected=\"{locked}\">"
            ));
            for (_, name, text) in self.modules.iter().filter(|(of, ..)| of == library) {
                libraries.push_str(&format!(
                    "<ooo:module ooo:name=\"{name}\"><ooo:source-code>{}</ooo:source-code>\
                     </ooo:module>",
                    escaped(text)
                ));
            }
            libraries.push_str("</ooo:library-embedded>");
        }
        libraries.push_str("</ooo:libraries></office:script>");
        self.content(&libraries).into_bytes()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
