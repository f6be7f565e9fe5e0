import 'crypto-checkout/define'
import 'crypto-checkout/types/svelte'
import { mount } from 'svelte'
import App from './App.svelte'

mount(App, { target: document.getElementById('app')! })
