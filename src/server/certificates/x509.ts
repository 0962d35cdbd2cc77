// The library finds its parts through decorators and asks for the polyfill of their metadata, loaded before it.
import 'reflect-metadata';

export * from '@peculiar/x509';
